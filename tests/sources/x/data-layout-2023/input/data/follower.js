window.YTD.follower.part0 = [{"follower":{"accountId":"770011223","userLink":"https://twitter.com/intent/user?user_id=770011223"}}]
