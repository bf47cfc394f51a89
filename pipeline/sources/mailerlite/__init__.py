"""MailerLite: the subscriber CSV."""
