/// A recursive-descent parser over the tokens of one expression.
///
/// Nesting is bounded, so that no text can exhaust the stack, and so is the number of operators and functions.
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var position = 0
    private var depth = 0
    private var operatorCount = 0
    private let names: [String: String]
    private let values: Item
    private let refusesReservedWords: Bool
    /// Whether the condition that was just read stands in brackets of its own.
    var isBracketed = false
    /// The placeholders met so far.
    private(set) var used: Set<String> = []

    private static let maximumDepth = 64

    init(
        _ text: String, names: [String: String], values: Item, refusesReservedWords: Bool
    ) throws(DocumentError) {
        self.refusesReservedWords = refusesReservedWords
        guard text.utf8.count <= DocumentLimits.expressionBytes else {
            throw .invalid(
                "Expression size has exceeded the maximum allowed size; expression size: \(text.utf8.count)")
        }
        var lexer = ExpressionLexer(text)
        var tokens: [ExpressionToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        guard !tokens.isEmpty else { throw .invalid("The expression can not be empty;") }
        self.tokens = tokens
        self.names = names
        self.values = values
    }

    // MARK: Tokens

    var next: ExpressionToken? { position < tokens.count ? tokens[position] : nil }

    var failure: DocumentError {
        let near = tokens[max(0, position - 1)..<min(tokens.count, position + 2)].map(\.text).joined(separator: " ")
        return .invalid("Syntax error; token: \"\(next?.text ?? "<EOF>")\", near: \"\(near)\"")
    }

    mutating func advance() { position += 1 }

    mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func takeKeyword(_ keyword: String) -> Bool {
        guard next?.isKeyword(keyword) == true else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(DocumentError) {
        guard take(symbol) else { throw failure }
    }

    func end() throws(DocumentError) {
        guard next == nil else { throw failure }
    }

    /// The name of a function whose arguments follow; `nil`, and nothing taken, for anything else.
    mutating func takeFunction() -> String? {
        guard case .word(let name) = next, position + 1 < tokens.count, tokens[position + 1] == .symbol("(") else {
            return nil
        }
        position += 2
        return name
    }

    /// Whether a bracket follows around an operand, not around a condition: a comparison comes behind it.
    var isAtBracketedOperand: Bool {
        guard next == .symbol("(") else { return false }
        var open = 0
        for (place, token) in tokens.enumerated().dropFirst(position) {
            if token == .symbol("(") { open += 1 }
            if token == .symbol(")") { open -= 1 }
            if open == 0 { return place + 1 < tokens.count && tokens[place + 1].comparesOperands }
        }
        return false
    }

    // MARK: Bounds

    mutating func nested<Part>(
        _ body: (inout ExpressionParser) throws(DocumentError) -> Part
    ) throws(DocumentError) -> Part {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw .invalid("The expression is nested more than \(Self.maximumDepth) deep")
        }
        return try body(&self)
    }

    mutating func countOperator() throws(DocumentError) {
        operatorCount += 1
        guard operatorCount <= DocumentLimits.expressionOperators else {
            throw .invalid("The expression contains more than \(DocumentLimits.expressionOperators) operators")
        }
    }

    // MARK: Parts that all expressions have

    /// One or more of something, with commas between.
    mutating func list<Part>(
        _ part: (inout ExpressionParser) throws(DocumentError) -> Part
    ) throws(DocumentError) -> [Part] {
        var parts = [try part(&self)]
        while take(",") { parts.append(try part(&self)) }
        return parts
    }

    mutating func path() throws(DocumentError) -> DocumentPath {
        let attribute = try attributeName()
        var steps: [DocumentPath.Step] = []
        while let step = try step() { steps.append(step) }
        guard steps.count < DocumentLimits.nestingDepth else {
            throw .invalid("The document path has too many nesting elements")
        }
        return DocumentPath(attribute, steps)
    }

    private mutating func step() throws(DocumentError) -> DocumentPath.Step? {
        if take(".") { return .member(try attributeName()) }
        guard take("[") else { return nil }
        guard case .index(let index) = next else { throw failure }
        advance()
        try expect("]")
        return .index(index)
    }

    private mutating func attributeName() throws(DocumentError) -> String {
        switch next {
        case .word(let name):
            if refusesReservedWords, ReservedWords.contains(name) {
                throw .invalid("Attribute name is a reserved keyword; reserved keyword: \(name)")
            }
            advance()
            return name
        case .name(let placeholder):
            guard let name = names[placeholder] else {
                throw .invalid(
                    "An expression attribute name used in the document path is not defined; "
                        + "attribute name: \(placeholder)")
            }
            advance()
            used.insert(placeholder)
            return name
        default: throw failure
        }
    }

    /// A `:value`; `nil`, and nothing taken, for anything else.
    mutating func takeValue() throws(DocumentError) -> AttributeValue? {
        guard case .value(let placeholder) = next else { return nil }
        guard let value = values[placeholder] else {
            throw .invalid(
                "An expression attribute value used in expression is not defined; "
                    + "attribute value: \(placeholder)")
        }
        advance()
        used.insert(placeholder)
        return value
    }
}
