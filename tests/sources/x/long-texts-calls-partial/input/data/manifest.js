window.__THAR_CONFIG = {"userInfo":{"accountId":"900100200","userName":"oto","displayName":"Oto"},"archiveInfo":{"generationDate":"2023-10-01T08:00:00.000Z","isPartialArchive":true}}
