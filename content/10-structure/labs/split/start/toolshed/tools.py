"""What has to do with tools is to move here."""
