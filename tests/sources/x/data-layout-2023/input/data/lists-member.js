window.YTD.lists_member.part0 = [{"userListInfo":{"url":"https://twitter.com/mina_k/lists/friends"}}]
