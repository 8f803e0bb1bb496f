import Foundation

/// Says on stderr what is being measured; the tables go to stdout.
func progress(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
