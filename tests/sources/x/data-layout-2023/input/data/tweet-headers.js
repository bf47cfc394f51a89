window.YTD.tweet_headers.part0 = [{"tweet":{"tweet_id":"1698985823870746624","user_id":"900100200","created_at":"Tue Sep 05 09:10:11 +0000 2023"}}]
