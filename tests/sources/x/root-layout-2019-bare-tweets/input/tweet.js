window.YTD.tweet.part0 = [ {
  "id" : "1080804000000000000", "id_str" : "1080804000000000000", "created_at" : "Thu Jan 03 12:29:00 +0000 2019",
  "full_text" : "hello @mina_k", "entities" : {"user_mentions" : [ {"name" : "Mina", "screen_name" : "mina_k", "indices" : [ "6", "13" ], "id_str" : "770011223"} ], "urls" : [ ]}
} ]
