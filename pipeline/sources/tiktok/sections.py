"""The lists of the JSON export and every name that a section has had. All paths are tried; absent ones are no error."""

from itertools import product
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""Keys from the root down to a list."""

_ACTIVITY: Final = ("Your Activity", "Activity", "Profile And Settings", "Profile and Settings")
_LIKED: Final = ("Your Activity", "Activity", "Likes and Favorites", "Likes And Favorites")
_COMMENT: Final = ("Comment", "Comments", "Your Activity", "Activity")
_CHAT: Final = ("Direct Message", "Direct Messages")
_LIVE: Final = ("Tiktok Live", "TikTok Live", "Your Activity")

SECTIONS: Final[dict[str, tuple[Path, ...]]] = {
    "follower": tuple(product(_ACTIVITY, ("Follower", "Follower List"), ("FansList", "FollowerList"))),
    "following": tuple(product(_ACTIVITY, ("Following", "Following List"), ("Following", "FollowingList"))),
    "blocked": tuple(
        product(("App Settings", *_ACTIVITY), ("Block List", "Block", "BlockList"), ("BlockList",)),
    ),
    "likes": tuple(product(_LIKED, ("Like List",), ("ItemFavoriteList",))),
    "saved": tuple(product(_LIKED, ("Favorite Videos",), ("FavoriteVideoList",))),
    "comments": (*product(_COMMENT, ("Comments",), ("CommentsList",)), *product(_COMMENT, ("CommentsList",))),
    "shares": tuple(product(_ACTIVITY, ("Share History",), ("ShareHistoryList",))),
    "posts": tuple(product(("Post", "Posts", "Video", "Videos"), ("Posts", "Videos"), ("VideoList",))),
}
"""Section -> paths to its list."""

CHATS: Final[tuple[Path, ...]] = (
    *product(_CHAT, ("Direct Messages", "Chat History", "Group Chat"), ("ChatHistory", "GroupChat")),
    *product(_CHAT, ("ChatHistory",)),
)
"""Paths to the object that holds a list of messages for each chat title."""

LIVES: Final[tuple[Path, ...]] = tuple(product(_LIVE, ("Watch Live History",), ("WatchLiveMap",)))
"""Paths to the object that holds the watched live streams."""
LIVE_LISTS: Final = ("Comments", "Questions")
"""Lists inside a live stream."""
