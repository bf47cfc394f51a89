window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id_str": "1001",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "@mina @carl thanks @abe @bea",
   "entities": {
    "user_mentions": [
     {
      "name": "Mina",
      "screen_name": "mina",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "901"
     },
     {
      "name": "Carl",
      "screen_name": "carl",
      "indices": [
       "6",
       "11"
      ],
      "id_str": "902"
     },
     {
      "name": "Abe",
      "screen_name": "abe",
      "indices": [
       "19",
       "23"
      ],
      "id_str": "903"
     },
     {
      "name": "Bea",
      "screen_name": "bea",
      "indices": [
       "24",
       "28"
      ],
      "id_str": "904"
     }
    ],
    "urls": []
   },
   "display_text_range": [
    "12",
    "28"
   ],
   "in_reply_to_status_id_str": "999",
   "in_reply_to_user_id_str": "901",
   "in_reply_to_screen_name": "mina"
  }
 },
 {
  "tweet": {
   "id_str": "1002",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "more of it, @abe",
   "entities": {
    "user_mentions": [
     {
      "name": "Abe",
      "screen_name": "abe",
      "indices": [
       "12",
       "16"
      ],
      "id_str": "903"
     }
    ],
    "urls": []
   },
   "in_reply_to_status_id_str": "1001",
   "in_reply_to_user_id_str": "770",
   "in_reply_to_screen_name": "oto"
  }
 },
 {
  "tweet": {
   "id_str": "1003",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "and the end",
   "entities": {
    "user_mentions": [],
    "urls": []
   },
   "in_reply_to_status_id_str": "1002",
   "in_reply_to_user_id_str": "770",
   "in_reply_to_screen_name": "oto"
  }
 },
 {
  "tweet": {
   "id_str": "1004",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "RT @gone: hello @abe",
   "entities": {
    "user_mentions": [
     {
      "name": "Abe",
      "screen_name": "abe",
      "indices": [
       "16",
       "20"
      ],
      "id_str": "903"
     }
    ],
    "urls": []
   }
  }
 },
 {
  "tweet": {
   "id_str": "1005",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "@mina see https://t.co/x",
   "entities": {
    "user_mentions": [
     {
      "name": "Mina",
      "screen_name": "mina",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "901"
     }
    ],
    "urls": [
     {
      "url": "https://t.co/x",
      "expanded_url": "https://x.com/dora/status/888"
     }
    ]
   },
   "display_text_range": [
    "6",
    "24"
   ],
   "in_reply_to_status_id_str": "998",
   "in_reply_to_user_id_str": "901"
  }
 },
 {
  "tweet": {
   "id_str": "1006",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "see https://t.co/x",
   "entities": {
    "user_mentions": [],
    "urls": [
     {
      "url": "https://t.co/x",
      "expanded_url": "https://x.com/i/web/status/777"
     }
    ]
   }
  }
 },
 {
  "tweet": {
   "id_str": "1007",
   "created_at": "Tue Sep 05 09:10:11 +0000 2017",
   "full_text": "mine https://t.co/x",
   "entities": {
    "user_mentions": [],
    "urls": [
     {
      "url": "https://t.co/x",
      "expanded_url": "https://twitter.com/oto/status/1007/photo/1"
     }
    ]
   }
  }
 }
]
