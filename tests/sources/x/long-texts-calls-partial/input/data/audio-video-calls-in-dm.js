window.YTD.audio_video_calls_in_dm.part0 = [{"audioVideoCallsInDm":{"createdAt":"2023-09-05T09:10:11.000Z","endReason":"HUNG_UP","broadcasts":[{"inviteeUserIds":["770011223","900100200"]}]}}]
