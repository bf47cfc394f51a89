window.YTD.like.part0 = [
 {
  "like": {
   "tweetId": "999"
  }
 },
 {
  "like": {
   "tweetId": "888"
  }
 },
 {
  "like": {
   "tweetId": "555"
  }
 }
]
