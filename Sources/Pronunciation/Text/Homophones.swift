/// Words that sound the same are one word to a listener.
///
/// A recogniser cannot know which of them a learner meant, so writing "there" for a spoken "their" is no mistake of the
/// learner's. Only words that are the same in both General American and British English stand here.
enum Homophones {
    /// The first word of the group that sounds like `token`, or `token` itself.
    static func canonical(_ token: String) -> String {
        representatives[token] ?? token
    }

    private static let representatives: [String: String] = {
        var table: [String: String] = [:]
        for line in groups.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for word in words { table[word] = words[0] }
        }
        return table
    }()

    private static let groups = """
        their there theyre
        to too two
        for four fore
        one won
        eight ate
        oh o owe
        you u
        are r
        be bee b
        see sea c
        why y
        tea tee t
        know no
        knows nose noes
        new knew
        not knot
        night knight
        right write rite
        hear here
        your youre
        whose whos
        by buy bye
        weak week
        meet meat
        red read
        son sun
        sum some
        hour our
        way weigh
        wait weight
        wear where ware
        weather whether
        which witch
        wood would
        piece peace
        plain plane
        pair pear pare
        mail male
        main mane
        made maid
        sale sail
        tale tail
        pail pale
        road rode rowed
        role roll
        hole whole
        sole soul
        sell cell
        sent scent cent
        cents scents
        seen scene
        seem seam
        steal steel
        heal heel
        feet feat
        flour flower
        hair hare
        stair stare
        fair fare
        bear bare
        blue blew
        through threw
        flew flu
        dear deer
        die dye
        high hi
        i eye
        in inn
        break brake
        great grate
        cereal serial
        site sight cite
        lesson lessen
        past passed
        principal principle
        stationary stationery
        allowed aloud
        board bored
        course coarse
        him hymn
        hire higher
        idle idol
        isle aisle
        knead need
        loan lone
        mind mined
        missed mist
        morning mourning
        none nun
        pause paws
        pray prey
        raise rays
        rain reign
        rap wrap
        ring wring
        so sew
        tide tied
        toe tow
        waist waste
        war wore
        wine whine
        whale wail
        colonel kernel
        guest guessed
        heard herd
        maam mam
        missus misses
        """
}
