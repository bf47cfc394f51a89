"""Facebook and Messenger: the JSON form of "Download your information", every layout since 2018."""
