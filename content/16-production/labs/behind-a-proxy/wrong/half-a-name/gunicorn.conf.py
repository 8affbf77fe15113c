# gunicorn reads this file by itself
bind = "127.0.0.1:8000"
worker = 2
threads = 4
accesslog = "-"
graceful_timeout = 20
