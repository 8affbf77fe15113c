# gunicorn reads this file by itself
worker = 2
threads = 1
