import JSON

/// AWS Security Token Service: the one question that tools ask before anything else.
enum STSService {
    static let namespace = "https://sts.amazonaws.com/doc/2011-06-15/"
    static let operations: [String: Operation] = .init([.getCallerIdentity])
}

extension Operation {
    static let getCallerIdentity = Operation(
        "GetCallerIdentity", input: [],
        output: [.init("UserId", .string), .init("Account", .string), .init("Arn", .string)]
    ) { _ in
        [
            "UserId": .string(Call.account), "Account": .string(Call.account),
            "Arn": .string("arn:aws:iam::\(Call.account):root"),
        ]
    }
}
