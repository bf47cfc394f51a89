window.YTD.note_tweet.part0 = [
 {
  "noteTweet": {
   "noteTweetId": "1698986876000000000",
   "createdAt": "2023-09-05T09:10:11.000Z",
   "core": {
    "text": "A very long text about things things things things things things things things things things things things things things things things things things things things things things things things things things things things things things thanks @zoe and @mina_k and @pia",
    "mentions": [
     {
      "screenName": "zoe"
     },
     {
      "screenName": "mina_k"
     },
     {
      "id": "903",
      "screenName": "pia",
      "name": "Pia"
     },
     5
    ]
   }
  }
 }
]
