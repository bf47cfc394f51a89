"""Names of the folders and labels that say what a mail is, by language: of Gmail, Outlook, Apple Mail, Thunderbird and webmail.

One table: a language a row, alternatives separated by `|`. Gmail translates its system labels; Thunderbird's folders have
English names on disk but the server's names for IMAP accounts.
"""

from typing import Final, NamedTuple


class Names(NamedTuple):
    """Names in one language."""

    language: str
    sent: str
    draft: str
    trash: str
    spam: str


TABLE: Final = (
    Names("af", "Gestuur|Gestuurde pos|Gestuurde items", "Konsep|Konsepte", "Asblik|Vullisdrom|Asdrom", "Strooipos|Gemorspos"),
    Names("am", "ተልኳል|የተላኩ መልዕክቶች|የተላከ", "ረቂቅ|ረቂቆች", "መጣያ|ቆሻሻ", "አይፈለጌ|አይፈለጌ መልዕክት"),
    Names("ar", "مرسل|المرسل|المرسلة|البريد المرسل|الرسائل المرسلة|العناصر المرسلة|الرسائل المُرسَلة|بريد مرسل",
          "مسودة|مسودات|المسودات|مسوّدة|مسوّدات|المسوّدات", "المهملات|سلة المهملات|مهملات|المحذوفات|العناصر المحذوفة|الرسائل المحذوفة",
          "غير مرغوب فيه|الرسائل غير المرغوب فيها|رسائل غير مرغوب فيها|البريد غير الهام|بريد عشوائي|البريد العشوائي|غير المرغوب|البريد غير المرغوب فيه"),
    Names("az", "Göndərilmiş|Göndərilənlər|Göndərilmiş məktublar", "Qaralama|Qaralamalar", "Zibil qutusu|Səbət|Zibil", "Spam"),
    Names("be", "Адпраўленыя|Дасланыя|Адасланыя", "Чарнавікі|Чарнавік", "Сметніца|Кошык", "Спам"),
    Names("bg", "Изпратени|Изпратена поща|Изпратени елементи|Изпратени съобщения", "Чернова|Чернови", "Кошче|Изтрити|Изтрити елементи|Изтрити съобщения",
          "Спам|Нежелана поща|Нежелани"),
    Names("bn", "পাঠানো|প্রেরিত|পাঠানো মেইল|পাঠানো হয়েছে", "খসড়া|ড্রাফ্ট|ড্রাফট|খসড়াগুলি", "ট্র্যাশ|আবর্জনা|ডাস্টবিন", "স্প্যাম|আজেবাজে মেইল"),
    Names("bs", "Poslano|Poslane stavke|Poslata pošta", "Skice|Skica|Nacrti", "Smeće|Otpad", "Neželjena pošta"),
    Names("ca", "Enviats|Enviat|Correu enviat|Missatges enviats|Elements enviats", "Esborranys|Esborrany", "Paperera|Elements suprimits|Missatges suprimits|Eliminats",
          "Correu brossa|Brossa|Contingut brossa"),
    Names("cs", "Odeslaná pošta|Odesláno|Odeslané|Odeslaná|Odeslané zprávy", "Koncepty|Koncept|Rozepsané", "Koš|Odstraněná pošta|Odstraněné|Odstraněné zprávy|Smazané",
          "Nevyžádaná pošta|Nevyžádané|Nevyžádaná"),
    Names("cy", "Anfonwyd|Danfonwyd|Post a Anfonwyd|Wedi'u hanfon", "Drafft|Drafftiau", "Bin sbwriel|Sbwriel|Bin", "Sbam|Sothach"),
    Names("da", "Sendt|Sendte|Sendt post|Sendte mails|Sendte elementer|Sendte meddelelser|Sendte beskeder", "Kladde|Kladder|Udkast",
          "Papirkurv|Papirkurven|Slettet post|Slettede elementer|Slettede meddelelser|Slettede mails", "Uønsket mail|Uønsket post|Uønsket e-mail|Junkmail|Uønskede"),
    Names("de", "Gesendet|Gesendete|Gesendete Objekte|Gesendete Elemente|Gesendete Nachrichten|Gesendete E-Mails|Gesendete Mails|Postausgang gesendet",
          "Entwurf|Entwürfe", "Papierkorb|Gelöscht|Gelöschte Objekte|Gelöschte Elemente|Gelöschte Nachrichten",
          "Spam-Verdacht|Spamverdacht|Werbung und Spam|Junk-E-Mail|Unerwünscht|Unerwünschte Werbung|Unbekannt/Spam"),
    Names("el", "Απεσταλμένα|Σταλμένα|Απεσταλμένα μηνύματα|Απεσταλμένα στοιχεία", "Πρόχειρο|Πρόχειρα",
          "Κάδος απορριμμάτων|Κάδος ανακύκλωσης|Απορρίμματα|Διαγραμμένα|Διαγραμμένα στοιχεία|Κάδος Απορριμάτων", "Ανεπιθύμητα|Ανεπιθύμητη αλληλογραφία|Ανεπιθύμητη Αλληλογραφία"),
    Names("en", "Sent|Sent Mail|Sent Messages|Sent Items|Sent-Mail|sent_mail|Sent Email|Sent Objects|Sentmail", "Draft|Drafts",
          "Trash|Bin|Deleted|Deleted Items|Deleted Messages|Deleted Mail|Wastebasket|Rubbish Bin|Rubbish",
          "Spam|Junk|Junk Mail|Junk E-mail|Junk Email|Bulk Mail|Bulk|Probably spam|Junk Messages"),
    Names("eo", "Senditaj|Senditujo", "Malnetoj|Malnetujo", "Rubujo", "Trudaĵoj|Spamujo"),
    Names("es", "Enviado|Enviados|Correo enviado|Correos enviados|Mensajes enviados|Elementos enviados", "Borrador|Borradores",
          "Papelera|Papelera de reciclaje|Elementos eliminados|Mensajes eliminados|Eliminados|Basura",
          "Correo no deseado|No deseado|No deseados|Correo basura|Mensajes no deseados|Correo electrónico no deseado"),
    Names("et", "Saadetud|Saadetud kirjad|Saadetud üksused", "Mustand|Mustandid", "Prügikast|Kustutatud|Kustutatud üksused|Prügi", "Rämpspost|Rämps"),
    Names("eu", "Bidalita|Bidaliak|Bidalitakoak|Bidalitako mezuak|Bidalitako elementuak", "Zirriborroa|Zirriborroak", "Zakarrontzia|Ezabatutako elementuak",
          "Spama|Zabor-posta|Zaborra"),
    Names("fa", "ارسال شده|ارسال‌شده|ارسال شده‌ها|فرستاده شده|نامه‌های ارسال شده|ارسالی", "پیش‌نویس|پیش نویس|پیش‌نویس‌ها|پیش نویس ها", "زباله‌دان|زباله دان|حذف‌شده|حذف شده‌ها|سطل زباله",
          "هرزنامه|هرزنامه‌ها|جفنگ|بنجل"),
    Names("fi", "Lähetetty|Lähetetyt|Lähetetyt viestit|Lähetetyt kohteet|Lähetetyt-kansio", "Luonnos|Luonnokset", "Roskakori|Poistetut|Poistetut viestit|Poistetut kohteet", "Roskaposti|Roskapostit"),
    Names("fil", "Naipadala|Ipinadala|Ipinadalang Mail|Naipadalang Mail|Mga Ipinadala", "Draft|Mga Draft", "Basurahan|Basura", "Spam"),
    Names("fr", "Envoyé|Envoyés|Messages envoyés|Éléments envoyés|Courrier envoyé|Objets envoyés|E-mails envoyés",
          "Brouillon|Brouillons", "Corbeille|Éléments supprimés|Messages supprimés|Supprimés|Objets supprimés|Poubelle",
          "Courrier indésirable|Indésirable|Indésirables|Pourriel|Pourriels|Courriels indésirables|Spams"),
    Names("ga", "Seolta|Post Seolta|Amach", "Dréacht|Dréachtaí", "Bruscar|Bosca bruscair", "Turscar|Dramhphost|Dramhaíl"),
    Names("gl", "Enviado|Enviados|Correo enviado|Mensaxes enviadas|Elementos enviados", "Borrador|Borradores|Rascuños", "Papeleira|Lixo|Elementos eliminados", "Correo lixo|Correo non desexado|Spam"),
    Names("gu", "મોકલેલ|મોકલેલા|મોકલેલ મેઇલ", "ડ્રાફ્ટ|ડ્રાફ્ટ્સ", "ટ્રૅશ|ટ્રેશ|કચરો", "સ્પામ|સ્પૅમ"),
    Names("he", "נשלח|נשלחו|דואר שנשלח|דואר יוצא|פריטים שנשלחו|הודעות שנשלחו|פריטי דואר שנשלחו", "טיוטה|טיוטות", "אשפה|פח אשפה|פריטים שנמחקו|הודעות שנמחקו|סל מחזור",
          "ספאם|דואר זבל|זבל|דואר אשפה|תיבת דואר זבל"),
    Names("hi", "भेजे गए|भेजा गया|भेजी गई मेल|भेजे गए मेल|भेजी गई|भेजे गए संदेश", "ड्राफ़्ट|ड्राफ्ट|मसौदे|प्रारूप", "ट्रैश|ट्रेश|रद्दी|कचरा", "स्पैम|स्पेम"),
    Names("hr", "Poslano|Poslana pošta|Poslane stavke|Poslane poruke", "Skica|Skice|Nacrti|Predlošci", "Otpad|Smeće|Izbrisane stavke|Izbrisano", "Neželjena pošta|Bezvrijedna pošta"),
    Names("hu", "Elküldött|Elküldött levelek|Elküldött üzenetek|Elküldött elemek|Küldött|Küldöttek", "Piszkozat|Piszkozatok|Vázlatok", "Kuka|Törölt elemek|Törölt üzenetek|Törölt|Lomtár",
          "Levélszemét|Kéretlen|Kéretlen levelek"),
    Names("hy", "Ուղարկված|Ուղարկվածներ|Ուղարկված նամակներ", "Սևագիր|Սևագրեր", "Աղբաման|Աղբարկղ|Աղբ", "Սպամ|Թափոն"),
    Names("id", "Terkirim|Surat Terkirim|Pesan Terkirim|Item Terkirim|Kotak Terkirim", "Draf|Konsep", "Tong Sampah|Sampah|Item Dihapus|Pesan Dihapus", "Spam|Email Sampah|Surat Sampah"),
    Names("is", "Sent|Sendur póstur|Sendar|Send skeyti", "Drög", "Rusl|Ruslafata|Eytt", "Ruslpóstur"),
    Names("it", "Inviato|Inviata|Inviati|Posta inviata|Messaggi inviati|Elementi inviati", "Bozza|Bozze", "Cestino|Posta eliminata|Elementi eliminati|Messaggi eliminati|Eliminati",
          "Posta indesiderata|Indesiderata|Indesiderati"),
    Names("ja", "送信済み|送信済みメール|送信済みアイテム|送信済みメッセージ|送信済みトレイ|送信済|送信メール", "下書き|草稿", "ゴミ箱|ごみ箱|削除済みアイテム|削除済み|削除済みメッセージ|削除済みメール",
          "迷惑メール|スパム|迷惑"),
    Names("ka", "გაგზავნილი|გაგზავნილები|გაგზავნილი წერილები", "მონახაზი|მონახაზები|დრაფტები|დროებითი", "ურნა|სანაგვე|წაშლილი|ნაგავი", "სპამი"),
    Names("kk", "Жіберілген|Жіберілгендер", "Жоба|Жобалар", "Себет|Қоқыс", "Спам"),
    Names("km", "បានផ្ញើ|សំបុត្រដែលបានផ្ញើ", "សេចក្ដីព្រាង|ព្រាង", "ធុងសំរាម", "សារឥតបានការ"),
    Names("kn", "ಕಳುಹಿಸಲಾಗಿದೆ|ಕಳುಹಿಸಿದ|ಕಳುಹಿಸಿದ ಮೇಲ್", "ಡ್ರಾಫ್ಟ್|ಡ್ರಾಫ್ಟ್‌ಗಳು|ಕರಡು|ಕರಡುಗಳು", "ಅನುಪಯುಕ್ತ|ಟ್ರ್ಯಾಶ್", "ಸ್ಪ್ಯಾಮ್|ಸ್ಪ್ಯಾಮ್‌"),
    Names("ko", "보낸편지함|보낸 편지함|보낸메일함|보낸 메일함|보낸 메시지|보낸 항목|보낸 메일", "임시보관함|임시 보관함|임시 보관|초안|임시보관",
          "휴지통|지운 편지함|지운편지함|삭제된 항목|지운 항목|삭제된 메시지", "스팸함|스팸 편지함|스팸|스팸메일함|스팸 메일함|정크 메일|정크"),
    Names("lo", "ສົ່ງແລ້ວ|ຈົດໝາຍທີ່ສົ່ງແລ້ວ", "ຮ່າງ|ສະບັບຮ່າງ", "ຖັງຂີ້ເຫຍື້ອ", "ຂີ້ເຫຍື້ອ|ສະແປມ"),
    Names("lt", "Išsiųsti|Išsiųsti laiškai|Išsiųsta|Išsiųsti elementai", "Juodraštis|Juodraščiai", "Šiukšliadėžė|Šiukšlinė|Šiukšlės|Panaikinti elementai|Ištrinti", "Šlamštas|Brukalas|Pašto šiukšlės"),
    Names("lv", "Nosūtīts|Nosūtīti|Nosūtītās|Nosūtītie|Nosūtītās vēstules|Nosūtītie vienumi", "Melnraksts|Melnraksti|Uzmetumi", "Miskaste|Atkritne|Papīrgrozs|Izdzēstie vienumi|Atkritumi",
          "Mēstules|Surogātpasts|Nevēlamais pasts"),
    Names("mk", "Пратени|Испратени|Испратена пошта", "Нацрт|Нацрти|Непратени", "Корпа|Ѓубре|Корпа за отпадоци", "Спам|Несакана пошта"),
    Names("ml", "അയച്ചവ|അയച്ചു|അയച്ച മെയിൽ|അയച്ച സന്ദേശങ്ങള്‍", "ഡ്രാഫ്റ്റ്|ഡ്രാഫ്റ്റുകൾ|ഡ്രാഫ്റ്റുകള്‍", "ട്രാഷ്|ചവറ്റുകുട്ട", "സ്‌പാം|സ്പാം"),
    Names("mn", "Илгээсэн|Илгээсэн захиа|Явуулсан", "Ноорог|Ноорогууд", "Хогийн сав", "Спам"),
    Names("mr", "पाठवलेले|पाठविलेले|पाठवलेले मेल", "मसुदा|मसुदे", "कचरा|कचरा पेटी|ट्रॅश", "स्पॅम"),
    Names("ms", "Dihantar|Mel Dihantar|Mel Terhantar|Item Dihantar|Hantar", "Draf", "Sampah|Tong Sampah|Item Dipadam", "Spam|Mel Remeh"),
    Names("my", "ပို့ပြီး|ပို့ထားသော|ပို့ထားသည်များ", "မူကြမ်း|မူကြမ်းများ", "အမှိုက်ပုံး|အမှိုက်", "စပမ်း|စပမ်"),
    Names("ne", "पठाइयो|पठाइएको|पठाइएका", "मस्यौदा|मस्यौदाहरू|ड्राफ्टहरू", "रद्दी|रद्दी टोकरी|ट्र्यास", "स्प्याम|स्पाम"),
    Names("nl", "Verzonden|Verzonden items|Verzonden berichten|Verzonden e-mail|Verzonden objecten|Verstuurd", "Concept|Concepten",
          "Prullenbak|Prullenmand|Verwijderde items|Verwijderde berichten|Verwijderd", "Ongewenste e-mail|Ongewenst|Ongewenste reclame|Ongewenste berichten"),
    Names("no", "Sendt|Sendte|Sendte elementer|Sendt e-post|Sendte e-poster|Sendte meldinger", "Utkast|Kladd|Kladder", "Papirkurv|Søppel|Slettede elementer|Slettede|Slettet|Sletta|Slettede meldinger",
          "Søppelpost|Nettsøppel|Uønsket e-post"),
    Names("pa", "ਭੇਜੀ ਗਈ|ਭੇਜੇ|ਭੇਜੇ ਗਏ|ਭੇਜੀ ਮੇਲ", "ਡਰਾਫਟ|ਡ੍ਰਾਫਟ", "ਰੱਦੀ|ਟ੍ਰੈਸ਼|ਰੱਦੀ ਦੀ ਟੋਕਰੀ", "ਸਪੈਮ"),
    Names("pl", "Wysłane|Wysłano|Elementy wysłane|Wiadomości wysłane|Poczta wysłana", "Szkic|Szkice|Wersje robocze|Wersja robocza|Kopie robocze|Robocze", "Kosz|Usunięte|Elementy usunięte|Wiadomości usunięte",
          "Niechciane|Wiadomości-śmieci|Wiadomości śmieci|Śmieci|Niechciana poczta|Wiadomości niechciane"),
    Names("pt-BR", "Enviado|Enviados|Enviadas|E-mails enviados|Itens enviados|Mensagens enviadas", "Rascunho|Rascunhos", "Lixeira|Itens excluídos|Mensagens excluídas|Excluídos|Apagadas",
          "Lixo eletrônico|Indesejados|Mensagens indesejadas"),
    Names("pt-PT", "Enviado|Enviados|Correio enviado|Itens enviados|Mensagens enviadas|E-mails enviados", "Rascunho|Rascunhos", "Lixo|Reciclagem|Itens eliminados|Mensagens eliminadas|Eliminados|Caixote do lixo",
          "Correio não solicitado|Correio publicitário não solicitado|E-mail de lixo|Publicidade não solicitada|Não solicitado|Correio eletrónico de lixo"),
    Names("ro", "Trimis|Trimise|Mesaje trimise|Elemente trimise|Expediate", "Ciornă|Ciorne|Schițe|Schiţe", "Coș de gunoi|Coş de gunoi|Gunoi|Coș|Elemente șterse|Elemente șterse|Șterse|Mesaje șterse",
          "Spam|Nesolicitate|E-mail nedorit|Mesaje nedorite"),
    Names("ru", "Отправленные|Отправлено|Отправленные письма|Отправленное|Отправленные элементы", "Черновик|Черновики", "Корзина|Удаленные|Удалённые|Удаленные элементы|Удалённые элементы|Удаленные сообщения",
          "Спам|Нежелательная почта|Нежелательные"),
    Names("si", "යැවූ|යවන ලද|යැවූ තැපෑල", "කෙටුම්පත|කෙටුම්පත්|කටු සටහන්", "කසළ|ඉවතලන බඳුන|කුණු කූඩය", "අයාචිත|ස්පෑම්"),
    Names("sk", "Odoslané|Odoslaná pošta|Odoslaná|Odoslané správy|Odoslané položky", "Koncept|Koncepty|Rozpísané", "Kôš|Odstránené položky|Odstránená pošta|Odstránené|Odstránené správy",
          "Nevyžiadaná pošta|Nevyžiadané|Spam"),
    Names("sl", "Poslano|Poslana pošta|Poslani predmeti|Poslana sporočila|Poslani elementi", "Osnutek|Osnutki", "Smetnjak|Koš|Smeti|Izbrisano|Izbrisani predmeti|Izbrisana sporočila", "Vsiljena pošta|Neželena pošta|Neželena sporočila|Nezaželena pošta"),
    Names("sq", "Dërguar|Të dërguar|Të dërguara|Mesazhe të dërguara", "Skicë|Skica|Drafte", "Koshi|Hedhurina|Kosh|Plehra", "Të padëshiruara|Të pavlerë|Mbeturinë"),
    Names("sr", "Послато|Послате|Послата пошта|Послате поруке|Poslato|Poslata pošta|Poslate poruke", "Недовршена|Недовршене|Нацрт|Нацрти|Радне верзије|Nedovršene|Nacrti|Skice",
          "Отпад|Отпаци|Смеће|Канта|Otpad|Smeće|Obrisano", "Непожељна пошта|Непожељно|Спам|Нежељена пошта|Nepoželjno|Neželjena pošta|Нежељено"),
    Names("sv", "Skickat|Skickade|Skickad|Skickad e-post|Skickade meddelanden|Skickade objekt|Skickade mejl", "Utkast", "Papperskorg|Papperskorgen|Borttaget|Borttagna|Borttagna objekt|Borttagna meddelanden|Raderat",
          "Skräppost|Skräp|Skräpmejl"),
    Names("sw", "Zilizotumwa|Iliyotumwa|Barua iliyotumwa|Barua Zilizotumwa", "Rasimu", "Tupio|Taka", "Barua taka|Spamu|Taka"),
    Names("ta", "அனுப்பியவை|அனுப்பப்பட்டது|அனுப்பிய அஞ்சல்|அனுப்பப்பட்டவை", "வரைவு|வரைவுகள்", "நீக்கியவை|குப்பை|ட்ராஷ்|குப்பைத்தொட்டி", "ஸ்பேம்|எரிதம்"),
    Names("te", "పంపబడినవి|పంపినవి|పంపబడింది|పంపిన మెయిల్|పంపిన మెయిల్‌లు", "డ్రాఫ్ట్|డ్రాఫ్ట్‌లు|చిత్తుప్రతులు|చిత్తుప్రతి", "ట్రాష్|చెత్త|ట్రాష్‌", "స్పామ్|స్పామ్‌|స్పాము"),
    Names("th", "ส่งแล้ว|จดหมายที่ส่งแล้ว|จดหมายที่ส่ง|อีเมลที่ส่งแล้ว|รายการที่ส่ง|ข้อความที่ส่ง", "ร่างจดหมาย|ฉบับร่าง|ร่าง|จดหมายร่าง|แบบร่าง", "ถังขยะ|รายการที่ถูกลบ|รายการที่ลบ|ข้อความที่ถูกลบ|รายการที่ถูกลบ",
          "จดหมายขยะ|สแปม|อีเมลขยะ|เมลขยะ"),
    Names("tr", "Gönderilmiş|Gönderilmiş Postalar|Gönderilenler|Gönderilmiş Öğeler|Gönderilen|Gönderilen Postalar|Gönderildi|Gönderilmiş İletiler|Giden|Gönderilmiş Mesajlar",
          "Taslak|Taslaklar", "Çöp|Çöp Kutusu|Çöp kutusu|Silinmiş Öğeler|Silinenler|Silinmiş|Silinmiş İletiler|Silinmiş Postalar", "Spam|Gereksiz|Gereksiz E-posta|Önemsiz|Önemsiz E-posta|İstenmeyen|İstenmeyen e-posta|Gereksiz Posta"),
    Names("uk", "Надіслані|Відправлені|Надіслано|Надіслані листи|Надіслані елементи|Відправлено", "Чернетка|Чернетки", "Кошик|Видалені|Видалені елементи|Смітник|Смiття|Сміття", "Спам|Небажана пошта|Небажані"),
    Names("ur", "بھیجا گیا|بھیجے گئے|بھیجی گئی|بھیجی گئی میل|ارسال کردہ", "ڈرافٹ|ڈرافٹس|مسودہ|مسودے", "ردی کی ٹوکری|کوڑے دان|ردی", "اسپام|سپام|سپیم|فضول"),
    Names("uz", "Yuborilgan|Yuborilganlar|Jo'natilgan|Jo`natilgan xatlar", "Qoralama|Qoralamalar|Qoralama xatlar", "Savat|Chiqindilar", "Spam"),
    Names("vi", "Đã gửi|Thư đã gửi|Mục đã gửi|Hộp thư đã gửi|Tin đã gửi", "Thư nháp|Bản nháp|Nháp|Bản thảo", "Thùng rác|Mục đã xóa|Mục đã xoá|Đã xóa|Tin đã xóa", "Thư rác|Spam|Email rác"),
    Names("zh-CN", "已发送|已发邮件|已发送邮件|已发送的邮件|已发送消息|已寄出|已发送项目|已发信息", "草稿|草稿箱|草稿夹", "已删除邮件|已删除|已删除的邮件|已删除项目|垃圾箱|废纸篓|回收站|已删除邮件夹|已删除信息", "垃圾邮件|垃圾信件|垃圾邮件箱|广告邮件"),
    Names("zh-TW", "寄件備份|已傳送|已傳送郵件|已寄出|已寄送郵件|寄件備份匣|寄件匣備份|已寄郵件|已傳送的郵件|已寄出的郵件|已送出", "草稿|草稿匣|草稿備份", "垃圾桶|已刪除的郵件|刪除的郵件|已刪除郵件|已刪除|刪除的項目|回收筒|資源回收筒|刪除郵件", "垃圾郵件|垃圾信件|垃圾郵件匣|垃圾信"),
    Names("zu", "Okuthunyelwe|Kuthunyelwe|Imeyili ethunyelwe|Iposi elithunyelwe", "Okusalungiswa|Okwakhiwayo|Uhlaka", "Udoti|Umgqomo kadoti", "Ugaxekile|Isipamu"),
)  # fmt: skip
"""Alternatives of the five producers; in languages that Gmail has and some that others have."""

NEVER_SENT: Final = (
    "Templates|Vorlagen|Modèles|Modelli|Plantillas|Modelos|Sjablonen|Šablony|Szablony|Шаблоны|Шаблони|テンプレート|模板|範本|템플릿|Şablonlar|Predloge|Mallar|"
    "Skabeloner|Mallit|Sablonok|Šablóny|Plantilles|Predlošci|Πρότυπα|Șabloane|"
    "Unsent Messages|Unsent|Outbox|Zu sendende Nachrichten|Nicht gesendete Nachrichten|Messages en attente|Boîte d'envoi|Bandeja de salida|Mensajes sin enviar|"
    "Messaggi non inviati|Mensagens não enviadas|A enviar|Postvak UIT|Te verzenden|Do wysłania|Pošta k odeslání|Неотправленные|送信トレイ|発信箱|发件箱|寄件匣|보낼 편지함|"
    "보낼편지함|Giden Kutusu|Na odoslanie|Odpošiljanje"
)
"""Folders of templates, and of mail that waits to be sent. Names that other programs give to sent mail (`Postausgang`) are absent."""
