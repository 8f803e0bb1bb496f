// The rules' tests come with the rules.
