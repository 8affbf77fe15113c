"""What has to do with loans is to move here."""
from toolshed import app


def due():
    return f"in {app.config['DAYS']} days"
