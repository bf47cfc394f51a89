window.YTD.account.part0 = [ {"account": {"accountId": "100", "username": "lea", "accountDisplayName": "Lea", "createdAt": "2010-01-01T00:00:00.000Z"}} ]
