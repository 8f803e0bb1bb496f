import SpeakModel
import Testing

@testable import EmbeddedBackend

@Suite("waiting room")
struct WaitingRoomTests {
    private typealias Room = WaitingRoom<String>

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

    /// Lets callers enter who looked at 0 s and found nothing.
    private func room(_ callers: String..., until: Int64 = 20, nextDue: Int64? = nil) -> Room {
        var room = Room()
        for (index, caller) in callers.enumerated() {
            let entry = room.enter(
                caller, id: UInt64(index), with: room.ticket(forQueue: "jobs"), until: at(until), lookedAt: at(0),
                nextDue: nextDue.map(at))
            #expect(entry == .waiting(alarm: at(min(until, nextDue ?? until))))
        }
        return room
    }

    @Test("as many as messages appeared look, the longest waiting first, in that queue only")
    func order() {
        var room = room("a", "b", "c")
        #expect(room.messagesAppeared(1, inQueue: "other").isEmpty)
        #expect(room.messagesAppeared(2, inQueue: "jobs") == ["a", "b"])
        #expect(room.messagesAppeared(2, inQueue: "jobs") == ["c"])
        #expect(room.count == 0)
    }

    @Test("whoever looked before a message appeared is turned back")
    func ticket() {
        var room = Room()
        let old = room.ticket(forQueue: "jobs")
        #expect(room.messagesAppeared(1, inQueue: "jobs").isEmpty)
        let enter = { (room: inout Room, ticket: Room.Ticket) in
            room.enter("a", id: 1, with: ticket, until: at(20), lookedAt: at(0), nextDue: nil)
        }
        #expect(enter(&room, old) == .lookAgain)
        #expect(room.count == 0)
        #expect(enter(&room, room.ticket(forQueue: "jobs")) == .waiting(alarm: at(20)))
    }

    @Test("who leaves is not called; who was called cannot leave")
    func leave() {
        var room = room("a", "b")
        #expect(room.leave(0, queueName: "jobs") == "a")
        #expect(room.messagesAppeared(1, inQueue: "jobs") == ["b"])
        #expect(room.leave(1, queueName: "jobs") == nil)
        #expect(room.leave(1, queueName: "nowhere") == nil)
    }

    @Test("the clock calls one for a hidden message, and everybody whose wait is over")
    func strike() {
        var room = room("a", "b", "c")
        #expect(room.messageWillAppear(at: at(5), inQueue: "jobs") == at(5))
        #expect(room.messageWillAppear(at: at(9), inQueue: "jobs") == at(5))
        #expect(room.nextAlarm == at(5))
        #expect(room.strike(now: Timestamp(milliseconds: 4999)).isEmpty)
        #expect(room.strike(now: at(5)) == ["a"])
        #expect(room.nextAlarm == at(20))
        #expect(room.strike(now: at(20)) == ["b", "c"])
        #expect(room.nextAlarm == nil)
    }

    @Test("a message that appeared by the clock turns back who looked before")
    func strikeTicket() {
        var room = Room()
        #expect(room.messageWillAppear(at: at(5), inQueue: "jobs") == nil, "nobody waits")
        let ticket = room.ticket(forQueue: "jobs")
        #expect(room.strike(now: at(5)).isEmpty)
        let entry = room.enter("a", id: 1, with: ticket, until: at(20), lookedAt: at(4), nextDue: nil)
        #expect(entry == .lookAgain)
    }

    @Test("what was due before the look is forgotten; what is due later is not")
    func due() {
        var room = Room()
        _ = room.messageWillAppear(at: at(5), inQueue: "jobs")
        let enter = { (room: inout Room, lookedAt: Int64, nextDue: Int64?) in
            room.enter(
                "a", id: 1, with: room.ticket(forQueue: "jobs"), until: at(20), lookedAt: at(lookedAt),
                nextDue: nextDue.map(at))
        }
        #expect(enter(&room, 3, 8) == .waiting(alarm: at(5)))
        #expect(enter(&room, 6, 8) == .waiting(alarm: at(8)))
        #expect(enter(&room, 9, nil) == .waiting(alarm: at(20)))
    }

    @Test("a closed room calls everybody and lets nobody in")
    func close() {
        var room = room("a", "b")
        #expect(room.close() == ["a", "b"])
        let entry = room.enter(
            "c", id: 9, with: room.ticket(forQueue: "jobs"), until: at(20), lookedAt: at(0), nextDue: nil)
        #expect(entry == .closed)
    }
}
