window.YTD.like.part0 = [ { "like" : { "tweetId" : "1080000000000000000" } } ]
