window.YTD.account.part0 = [ {
  "account" : {"accountId" : "900100200", "username" : "oto", "accountDisplayName" : "Oto", "createdAt" : "2012-01-01T00:00:00.000Z"}
} ]
