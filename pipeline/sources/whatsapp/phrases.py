"""Phrases that WhatsApp writes into a chat, by language.

The language of a phrase is evidence for the order of the dates in the file.
"""

import re
from collections.abc import Mapping
from typing import Final

CHAT_NAMES: Final[Mapping[str, str]] = {
    "en": r"WhatsApp Chat (?:with|-) (.+)",
    "de": r"WhatsApp[ -]Chat mit (.+)",
    "fr": r"Discussion WhatsApp (?:avec|-) (.+)",
    "es": r"(?:Chat de WhatsApp con|Chat de WhatsApp -|Conversación de WhatsApp con) (.+)",
    "it": r"Chat WhatsApp con (.+)",
    "nl": r"WhatsApp[ -][Cc]hat met (.+)",
    "pt": r"Conversa do WhatsApp (?:com|-) (.+)",
    "da": r"WhatsApp[ -][Cc]hatt? med (.+)",
    "fi": r"WhatsApp[ -]keskustelu(?:: | käyttäjän )(.+)",
    "pl": r"Czat WhatsApp z (.+)",
    "tr": r"(.+) ile WhatsApp Sohbeti",
    "ru": r"Чат WhatsApp с(?: контактом)? (.+)",
    "hr": r"WhatsApp razgovor s(?:a)? (.+)",
    "xx": r"(?:WhatsApp[ -]Chat|Chat WhatsApp) - (.+)",
}
"""Language -> name of an export's file; `xx` for a form used in several languages."""

MEDIA: Final[Mapping[str, str]] = {
    "en": r"<Media omitted>|(?:image|video|audio|GIF|sticker|document|Contact card|video note) omitted|<attached: [^>\n]{1,300}>",
    "de": r"<Medien (?:ausgeschlossen|weggelassen)>|(?:Bild|Video|Audio|GIF|Sticker|Dokument|Kontaktkarte|Videonachricht) weggelassen|<Anhang: [^>\n]{1,300}>",
    "fr": r"<Médias? (?:omis|masqués?)>|(?:image|vidéo|audio|GIF|sticker|document|fiche contact) (?:absente?|omise?)|<pièce jointe : [^>\n]{1,300}>",
    "es": r"<(?:Multimedia|Archivo) omitido>|(?:imagen|[Vv]ideo|audio|GIF|[Ss]ticker|documento|Tarjeta de contacto) (?:omitid[oa])|<adjunto: [^>\n]{1,300}>",
    "it": r"<Media omessi>|(?:immagine|video|audio|GIF|sticker|documento|Scheda contatto) omess[oaie]|<allegato: [^>\n]{1,300}>",
    "nl": r"<Media weggelaten>|(?:afbeelding|video|audio|GIF|sticker|document|Contactkaart) weggelaten|<bijgevoegd: [^>\n]{1,300}>",
    "pt": r"<(?:Mídia|Arquivo de mídia|Ficheiro) (?:oculta|oculto|omitid[oa])>|(?:imagem|vídeo|áudio|GIF|figurinha|documento|Cartão do contato) (?:ocult|omitid)[oa]|<anexado: [^>\n]{1,300}>",
}
"""Stands for what was sent, the whole text."""

ATTACHED: Final[Mapping[str, str]] = {
    "en": r"\(file attached\)",
    "de": r"\(Datei angehängt\)",
    "fr": r"\(fichier joint\)",
    "es": r"\(archivo adjunto\)",
    "it": r"\(file allegato\)",
    "nl": r"\(bestand bijgevoegd\)",
    "pt": r"\((?:arquivo|ficheiro) anexado\)",
}
"""Ends the first line of a message with a file; a caption follows."""

DELETED: Final[Mapping[str, str]] = {
    "en": r"This message was deleted(?: by admin .+)?",
    "de": r"Diese Nachricht wurde gelöscht",
    "fr": r"Ce message a été supprimé",
    "es": r"(?:Se eliminó este mensaje|Este mensaje fue eliminado)",
    "it": r"(?:Questo messaggio è stato eliminato|Il messaggio è stato eliminato)",
    "nl": r"Dit bericht (?:is|werd) verwijderd",
    "pt": r"(?:Esta mensagem foi apagada|Mensagem apagada|Esta mensagem foi eliminada)",
}
DELETED_BY_ME: Final[Mapping[str, str]] = {
    "en": r"You deleted this message(?: as admin)?",
    "de": r"Du hast diese Nachricht gelöscht",
    "fr": r"Vous avez supprimé ce message",
    "es": r"(?:Eliminaste este mensaje|Has eliminado este mensaje)",
    "it": r"Hai eliminato questo messaggio",
    "nl": r"(?:U hebt|Je hebt|Jij hebt) dit bericht verwijderd",
    "pt": r"(?:Você apagou esta mensagem|Você apagou essa mensagem|Apagaste esta mensagem|Eliminou esta mensagem)",
}
"""The name on such a line is the owner's."""

DONE_BY_ME: Final[Mapping[str, str]] = {
    "en": r"You (?:added|removed|created|changed)\b.*",
    "de": r"Du hast .*(?:hinzugefügt|entfernt|erstellt|geändert).*",
    "fr": r"Vous avez (?:ajouté|retiré|créé|changé|modifié)\b.*",
    "es": r"(?:Añadiste|Has añadido|Eliminaste|Creaste|Cambiaste)\b.*",
    "it": r"Hai (?:aggiunto|rimosso|creato|cambiato|modificato)\b.*",
    "nl": r"(?:Je|Jij|U) (?:hebt|heeft) .*(?:toegevoegd|verwijderd|gemaakt|gewijzigd).*",
    "pt": r"(?:(?:Você )?(?:adicionou|removeu|criou|mudou)|Adicionaste|Removeste|Criaste|Mudaste)\b.*",
}
"""On a system line of iOS that bears a member's name (not the group's), that member is the owner."""

EDITED: Final[Mapping[str, str]] = {
    "en": r"<This message was edited>",
    "de": r"<Diese Nachricht wurde bearbeitet\.?>",
    "fr": r"<Ce message a été modifié\.?>",
    "es": r"<(?:Se editó este mensaje|Este mensaje fue editado)\.?>",
    "it": r"<Questo messaggio è stato modificato\.?>",
    "nl": r"<Dit bericht is bewerkt\.?>",
    "pt": r"<(?:Mensagem editada|Esta mensagem foi editada)\.?>",
}

CALLS: Final[Mapping[str, str]] = {
    "en": r"Missed (?:group )?(?:voice|video) call|(?:Group )?(?:[Vv]oice|[Vv]ideo) call",
    "de": r"(?:Verpasster? )?(?:Gruppen-?)?(?:Sprach|Video)anruf",
    "fr": r"Appel (?:de groupe )?(?:vocal|vidéo)(?: manqué)?",
    "es": r"(?:Llamada|Videollamada)(?: (?:perdida|de voz|de grupo|grupal))*",
    "it": r"(?:Chiamata|Videochiamata)(?: (?:vocale|video|persa|di gruppo))*",
    "nl": r"(?:Gemiste )?(?:[Gg]roeps)?(?:[Ss]praak|[Vv]ideo)-?oproep",
    "pt": r"(?:Ligação|Chamada)(?: (?:de|em))?(?: (?:voz|vídeo|grupo))?(?: perdida)?",
}
"""Begin of a call's line; how long it took, or what to tap, follows."""

POLLS: Final[Mapping[str, str]] = {
    "en": "POLL", "de": "UMFRAGE", "fr": "SONDAGE", "es": "ENCUESTA", "it": "SONDAGGIO", "nl": "PEILING", "pt": "ENQUETE|SONDAGEM",
}  # fmt: skip
OPTION: Final = r"(?:OPTION|OPCIÓN|OPZIONE|OPTIE|OPÇÃO|OPTIE): .*"

GROUP_LINES: Final[Mapping[str, str]] = {
    "en": r"created (?:this )?group|\badded\b|\bremoved\b|\bleft\b|joined using|changed (?:the|this) (?:subject|group)|changed the settings|now an admin",
    "de": r"Gruppe .*erstellt|hinzugefügt|entfernt|hat die Gruppe verlassen|beigetreten|Gruppenbild|Gruppenbeschreibung|Betreff .*geändert",
    "fr": r"créé (?:le|ce) groupe|a ajouté|avez ajouté|a retiré|est parti|a quitté|a rejoint|du groupe",
    "es": r"creó (?:el|este) grupo|añadió|eliminó a|salió|se unió|del grupo|cambió el asunto",
    "it": r"creato il gruppo|aggiunto|rimosso|ha abbandonato|del gruppo|si è unit[oa]",
    "nl": r"groep .*(?:gemaakt|aangemaakt)|toegevoegd|verwijderd|heeft de groep verlassen|heeft de groep verlaten|groeps",
    "pt": r"criou (?:o|este) grupo|adicionou|removeu|saiu|do grupo|entrou usando",
}
"""System lines that only groups have."""

OTHER_LINES: Final[Mapping[str, str]] = {
    "en": r"end-to-end encrypt|security code|phone number|disappearing messages|pinned a message|(?:un)?blocked this contact|Tap (?:for more info|to learn more)|is a contact|business account",
    "de": r"Ende-zu-Ende|Sicherheitsnummer|Telefonnummer|selbstlöschende|angeheftet|Tippe|blockiert",
    "fr": r"chiffrés? de bout en bout|code de sécurité|numéro de téléphone|messages éphémères|épinglé|Appuyez",
    "es": r"extremo a extremo|código de seguridad|número de teléfono|mensajes temporales|fijó|Toca",
    "it": r"crittografi|codice di sicurezza|numero di telefono|messaggi effimeri|fissato|Tocca",
    "nl": r"end-to-end|beveiligingscode|telefoonnummer|verdwijnende berichten|zelfwissende|vastgezet|Tik",
    "pt": r"ponta a ponta|código de segurança|número de telefone|mensagens temporárias|fixou|Toque",
}


ENCRYPTED: Final[Mapping[str, str]] = {
    "en": r"end-to-end encrypt", "de": r"Ende-zu-Ende", "fr": r"de bout en bout", "es": r"extremo a extremo", "it": r"crittografi",
    "nl": r"end-to-end", "pt": r"ponta a ponta",
}  # fmt: skip
"""The notice at the head of a chat, which older exports write under a name and without a mark."""

CALL_END: Final = r"(?:, \d.{0,30}|\. .{0,30})?"
CALL_END_MARKED: Final = r"(?:[,.•].{0,60})?"
"""Where a mark says that nobody typed the line, more may follow."""


def compiled(phrases: Mapping[str, str], flags: int = re.IGNORECASE) -> dict[str, re.Pattern[str]]:
    """Return the patterns by language."""
    return {language: re.compile(pattern, flags) for language, pattern in phrases.items()}
