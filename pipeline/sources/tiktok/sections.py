"""The sections of an export: which names of lists and files mean which section, in the generations and languages known.

Format facts: the names of lists (`FansList`, `ItemFavoriteList`) are the same in every export; the sections above them were
renamed and nested anew over the years, and British exports write `Favourites`. File names of the text export are translated.
"""

import re
import unicodedata
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""Keys from the root down to a list."""

SECTION_OF_LIST: Final = {
    "fanslist": "follower", "followerlist": "follower", "followerslist": "follower", "following": "following",
    "followinglist": "following", "blocklist": "blocked", "blockedlist": "blocked", "itemfavoritelist": "likes",
    "likelist": "likes", "favoritevideolist": "saved", "favoritecommentlist": "saved", "commentslist": "comments", "commentlist": "comments",
    "sharehistorylist": "shares", "repostlist": "reposts", "repostslist": "reposts",
}  # fmt: skip
"""Name of a list in the JSON export (see `list_name`) -> section."""
CHAT_OBJECTS: Final = frozenset({"chathistory", "groupchat", "groupchathistory"})
"""Names of the object that has a list of messages for each chat title."""
LIVE_OBJECTS: Final = frozenset({"watchlivemap"})
"""Names of the object that has the watched live streams."""
LIVE_LISTS: Final = ("Comments", "Questions")
"""Lists inside a live stream."""
OWN_VIDEOS: Final = frozenset({"post", "posts", "video", "videos"})
"""Sections whose `VideoList` has the owner's videos; elsewhere it has videos watched."""

_FILE_NAMES: Final = {
    "follower": "follower|followers|follower list|followers list|fans|volgers|volgerslijst|seguidores|seguidor|lista de seguidores"
    "|abonnes|liste des abonnes|follower-liste|seguaci|elenco dei follower|elenco follower|obserwujacy|pengikut|takipciler|подписчики",
    "following": "following|following list|volgend|gevolgd|lijst met gevolgde accounts|siguiendo|seguidos|lista de seguidos"
    "|lista de siguiendo|abonnements|liste des abonnements|suivis|folge ich|gefolgt|seguindo|a seguir|seguiti|obserwowani|mengikuti"
    "|takip edilenler|подписки",
    "blocked": "block list|block|blocked list|blocklist|blocked|blocked users|geblokkeerd|lijst met geblokkeerde accounts|blokkeerlijst"
    "|lista de bloqueados|lista de bloqueo|bloqueados|liste de blocage|comptes bloques|blockierliste|blockiert|lista de bloqueio|bloccati",
    "likes": "like list|likes|likelist|vind-ik-leuks|vind-ik-leuk-lijst|likelijst|lista de me gusta|me gusta|liste des j'aime|j'aime"
    "|gefallt mir|gefallt-mir-liste|like-liste|curtidas|lista de curtidas|lista de gostos|mi piace|elenco mi piace|polubienia",
    "saved": "favorite videos|favorite comment|favorite comments|favoriete video's|videos favoritos|videos favoris|favorisierte videos|lieblingsvideos|video preferiti",
    "comments": "comments|comment|opmerkingen|reacties|comentarios|commentaires|kommentare|commenti|komentarze|yorumlar|komentar"
    "|комментарии",
    "shares": "share history|deelgeschiedenis|historial de compartidos|historial de contenido compartido|historique des partages"
    "|historique de partage|verlauf geteilter inhalte|historico de compartilhamento|cronologia condivisioni",
    "reposts": "reposts|repost|repost list|herplaatsingen|republicaciones|republications",
    "posts": "posts|videos|publicaciones|publications|beitrage|publicacoes",
    "chats": "chat history|direct messages|direct message|directe berichten|mensajes directos|messages directs|direktnachrichten"
    "|mensagens diretas|messaggi diretti",
    "profile": "profile information|profile info|profile|profielinformatie|profielgegevens|profiel|informacion del perfil|perfil"
    "|informacion de perfil|informations du profil|profil|profilinformationen|informacoes do perfil|informazioni sul profilo|profilo",
}
SECTION_OF_FILE: Final = {name: section for section, names in _FILE_NAMES.items() for name in names.split("|")}
"""Name of a file of the text export (see `file_name`) -> section."""
_NOT_SOCIAL: Final = re.compile(
    r"watch|brows|search|login|hashtag|sound|effect|collection|status|summary|\bads?\b|shop|order|address|settings|purchase|gift|deleted"
    r"|kijkgeschied|bekeken|zoek|inlog|visualizac|visualizz|reproducc|busqueda|inicio de sesi|visionn|recherche|connexion|angesehen"
    r"|wiedergabe|suchverlauf|anmelde|pesquis|ricerc"
)
"""Names of sections about the owner alone, as far as they are known."""
_COPY_NUMBER: Final = re.compile(r"\s*\(\d+\)$")


def list_name(key: str) -> str:
    """Return a key in lower case, in American spelling, without blanks and underscores.

    >>> list_name("Favourite_Video List")
    'favoritevideolist'
    """
    return re.sub(r"[\s_]+", "", key.lower()).replace("favourite", "favorite")


def file_name(path: str) -> str:
    """Return a file's name for `SECTION_OF_FILE`: lower case, American spelling, no folder, ending, accents and copy number.

    >>> file_name("Likes and Favourites/Favourite_Videos (1).txt"), file_name("Abonnés.txt")
    ('favorite videos', 'abonnes')
    """
    stem = path.rpartition("/")[2].rpartition(".")[0]
    decomposed = unicodedata.normalize("NFKD", _COPY_NUMBER.sub("", stem).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[\s_]+", " ", bare).replace("’", "'").replace("favourite", "favorite").strip()


def is_about_owner(name: str) -> bool:
    """Return whether a normalised name of a file or list belongs to a section without acts towards others."""
    return _NOT_SOCIAL.search(name) is not None
