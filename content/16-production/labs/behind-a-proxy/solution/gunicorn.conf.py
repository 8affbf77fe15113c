# gunicorn reads this file by itself
bind = "0.0.0.0:8000"
workers = 2
threads = 4
accesslog = "-"
graceful_timeout = 20
