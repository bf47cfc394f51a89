window.YTD.direct_messages.part0 = [{"dmConversation":{"conversationId":"900100200-770011223","messages":[
{"messageCreate":{"recipientId":"770011223","reactions":[{"senderId":"770011223","reactionKey":"like","eventId":"31","createdAt":"2023-09-05T09:12:00.100Z"}],"text":"hello","senderId":"900100200","id":"21","createdAt":"2023-09-05T09:11:31.928Z"}},
{"messageCreate":{"recipientId":"900100200","reactions":[],"text":"hi","senderId":"770011223","id":"20","createdAt":"2023-09-05T09:10:00.000Z"}},
{"joinConversation":{"initiatingUserId":"770011223","createdAt":"2023-09-05T09:00:00.000Z"}},
{"hologramCreate":{"id":"1"}},
{"messageCreate":{"recipientId":"900100200","text":"when","senderId":"770011223","id":"19","createdAt":""}}]}},
{"dmConversation":{"conversationId":"900100200-900100200","messages":[{"messageCreate":{"recipientId":"900100200","text":"note","senderId":"900100200","id":"22","createdAt":"2023-09-05T09:10:00.000Z"}}]}}]
