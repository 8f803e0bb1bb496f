print("speaktracker")
