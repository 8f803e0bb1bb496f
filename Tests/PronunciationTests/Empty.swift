// Pronunciation
