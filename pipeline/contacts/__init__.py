"""Who is who: identities joined to contacts by strong evidence and by the owner's decisions. Pure frames in and out."""
