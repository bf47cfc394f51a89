"""WhatsApp's text exports of iOS and Android. See source.py."""
