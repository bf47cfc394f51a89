window.YTD.screen_name_change.part0 = [{"screenNameChange":{"accountId":"900100200","screenNameChange":{"changedAt":"2019-01-01T00:00:00.000Z","changedFrom":"old_oto","changedTo":"oto"}}}]
