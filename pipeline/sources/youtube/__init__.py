"""YouTube in Google Takeout: comments, live chats, subscriptions, likes, and the watch history, which names channels."""
