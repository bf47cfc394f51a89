window.YTD.account.part0 = [{"account":{"accountId":"900100200","username":"oto","accountDisplayName":"Oto"}}]
