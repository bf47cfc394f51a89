"""YouTube in Google Takeout: comments, live chats, subscriptions, likes, and what names a video's channel. See source.py."""
