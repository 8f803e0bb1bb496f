package import Documents

/// Sums and counts of what a student did: of one recording, of a conversation, of a day.
///
/// They are exact decimals and only ever added and subtracted, so a day added up job by job equals the same day
/// recomputed from its rows.
package struct DayTotals: Hashable, Sendable {
    /// A sum or count, under the name it has in a row of DailyStatistics.
    package enum Field: String, CaseIterable, Sendable {
        /// Practice recordings that were scored.
        case practiceCount = "practice_count"
        /// Spoken turns that were analysed.
        case chatTurnsCount = "chat_turns_count"
        /// Recordings with a pace ratio; the spelling is the table's own.
        case paceRatioCount = "pace_ration_count"
        /// In milliseconds.
        case totalRecordingTime = "total_recording_time"
        /// In milliseconds.
        case totalSpeakingTime = "total_speaking_time"
        case sumOfNetSpeakingDensity = "sum_net_speaking_density"
        case sumOfPaceRatio = "sum_pace_ratio"
        /// In milliseconds.
        case sumOfResponseLatency = "sum_response_latency"
        case sumOfResponseQuality = "sum_response_quality"
    }

    private var values: [Field: DocumentNumber]

    package init(_ values: [Field: DocumentNumber] = [:]) {
        self.values = values.filter { $0.value != 0 }
    }

    /// Reads a row, or a map within one; missing attributes are zero.
    package init(_ attributes: Item) {
        self.init(
            Dictionary(
                uniqueKeysWithValues: Field.allCases.compactMap { field in
                    attributes[field.rawValue]?.number.map { (field, $0) }
                }))
    }

    package subscript(field: Field) -> DocumentNumber { values[field] ?? 0 }

    package var isZero: Bool { values.isEmpty }

    package var attributes: Item {
        Item(uniqueKeysWithValues: Field.allCases.map { ($0.rawValue, .number(self[$0])) })
    }

    /// - Throws: ``DocumentNumberError`` for a sum of more than 38 digits.
    package func adding(_ other: DayTotals) throws -> DayTotals {
        try combined(with: other) { try $0 + $1 }
    }

    package func subtracting(_ other: DayTotals) throws -> DayTotals {
        try combined(with: other) { try $0 - $1 }
    }

    private func combined(
        with other: DayTotals, _ operation: (DocumentNumber, DocumentNumber) throws -> DocumentNumber
    ) throws -> DayTotals {
        DayTotals(
            Dictionary(uniqueKeysWithValues: try Field.allCases.map { ($0, try operation(self[$0], other[$0])) }))
    }
}
