window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id": "1698986873713590272",
   "id_str": "1698986873713590272",
   "created_at": "Tue Sep 05 09:10:11 +0000 2023",
   "full_text": "@mina_k @abe A very long text about things things things things things things things things things things things things things things things things things things things things things things things things things th…",
   "lang": "en",
   "entities": {
    "user_mentions": [
     {
      "name": "Mina K.",
      "screen_name": "mina_k",
      "indices": [
       "0",
       "7"
      ],
      "id_str": "900",
      "id": "900"
     },
     {
      "name": "Abe",
      "screen_name": "abe",
      "indices": [
       "8",
       "12"
      ],
      "id_str": "905",
      "id": "905"
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false,
   "in_reply_to_status_id_str": "77",
   "in_reply_to_user_id_str": "900",
   "in_reply_to_screen_name": "mina_k"
  }
 }
]
