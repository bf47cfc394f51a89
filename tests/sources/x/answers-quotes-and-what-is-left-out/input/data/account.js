window.YTD.account.part0 = [
 {
  "account": {
   "accountId": "770",
   "username": "oto",
   "accountDisplayName": "Oto"
  }
 }
]
