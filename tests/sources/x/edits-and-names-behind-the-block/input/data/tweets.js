window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id": "1698986873713590272",
   "id_str": "1698986873713590272",
   "created_at": "Tue Sep 05 09:10:11 +0000 2023",
   "full_text": "@mina_k helo",
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
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false,
   "in_reply_to_user_id_str": "900",
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1698986873713590272"
     ],
     "editsRemaining": "5"
    }
   }
  }
 },
 {
  "tweet": {
   "id": "1698987125371830272",
   "id_str": "1698987125371830272",
   "created_at": "Tue Sep 05 09:11:11 +0000 2023",
   "full_text": "@mina_k hello",
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
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false,
   "in_reply_to_user_id_str": "900",
   "edit_info": {
    "edit": {
     "initialTweetId": "1698986873713590272",
     "editControlInitial": {
      "editTweetIds": [
       "1698986873713590272",
       "1698987125371830272"
      ]
     }
    }
   }
  }
 },
 {
  "tweet": {
   "id": "1700074288968630272",
   "id_str": "1700074288968630272",
   "created_at": "Fri Sep 08 09:11:11 +0000 2023",
   "full_text": "@otto second try",
   "lang": "en",
   "entities": {
    "user_mentions": [
     {
      "name": "Otto",
      "screen_name": "otto",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "901",
      "id": "901"
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false,
   "edit_info": {
    "edit": {
     "initialTweetId": "1700074037310390272"
    }
   }
  }
 },
 {
  "tweet": {
   "id": "1700074037310390272",
   "id_str": "1700074037310390272",
   "created_at": "Fri Sep 08 09:10:11 +0000 2023",
   "full_text": "@otto frist try",
   "lang": "en",
   "entities": {
    "user_mentions": [
     {
      "name": "Otto",
      "screen_name": "otto",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "901",
      "id": "901"
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false,
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700074037310390272"
     ]
    }
   }
  }
 },
 {
  "tweet": {
   "id": "1699349261579190272",
   "id_str": "1699349261579190272",
   "created_at": "Wed Sep 06 09:10:11 +0000 2023",
   "full_text": "@mina_k @otto what do you say?",
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
      "name": "Otto",
      "screen_name": "otto",
      "indices": [
       "8",
       "13"
      ],
      "id_str": "901",
      "id": "901"
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
   "in_reply_to_screen_name": "mina_k",
   "display_text_range": [
    "8",
    "30"
   ]
  }
 },
 {
  "tweet": {
   "id": "1699711649444790272",
   "id_str": "1699711649444790272",
   "created_at": "Thu Sep 07 09:10:11 +0000 2023",
   "full_text": "RT @otto said it all, I think",
   "lang": "en",
   "entities": {
    "user_mentions": [
     {
      "name": "Otto",
      "screen_name": "otto",
      "indices": [
       "3",
       "8"
      ],
      "id_str": "901",
      "id": "901"
     }
    ],
    "urls": [],
    "hashtags": [],
    "symbols": []
   },
   "favorite_count": "0",
   "retweeted": false
  }
 }
]
