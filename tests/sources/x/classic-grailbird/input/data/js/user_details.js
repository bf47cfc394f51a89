var user_details =  {"screen_name":"oto","full_name":"Oto","id":"900100200","created_at":"2012-01-01 00:00:00 +0000"}
