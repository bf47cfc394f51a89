window.YTD.following.part0 = [{"following":{"accountId":"770011223"}},{"following":{}}]
