window.YTD.direct_messages_group.part0 = [{"dmConversation":{"conversationId":"1500","messages":[
{"messageCreate":{"reactions":[],"text":"@mina_k look","senderId":"900100200","id":"43","createdAt":"2023-09-05T09:14:00.000Z"}},
{"messageCreate":{"reactions":[],"text":"nobody named","senderId":"900100200","id":"42","createdAt":"2023-09-05T09:13:00.000Z"}},
{"messageCreate":{"reactions":[{"senderId":"900100200","eventId":"51","createdAt":"2023-09-05T09:13:00.000Z"}],"text":"hi all","senderId":"770011224","id":"41","createdAt":"2023-09-05T09:12:00.000Z"}}]}}]
