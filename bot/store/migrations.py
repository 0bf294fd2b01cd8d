"""The tables, and how they got there: one function for each version, never changed once released.

All that comes from a person is in a sealed ``body``. In clear: keyed names, update ids,
the language, the kind of a message, and the second at which a row is forgotten.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from bot.errors import StoreUnavailable

MIGRATIONS = Migrations("passerelle")


@MIGRATIONS()
def v1_first_tables(db: Database) -> None:
    """Sessions, updates, outbox, messages, offers, and the notes of the store on itself."""
    text, number, blob = str, int, bytes
    tables: dict[str, dict[str, type]] = {
        "sessions": {"person": text, "language": text, "body": blob, "expires_at": number},
        "pending": {"update_id": number, "person": text, "body": blob, "expires_at": number},
        "processed": {"update_id": number, "expires_at": number},
        "messages": {"id": number, "person": text, "body": blob, "expires_at": number},
        "offers": {"code": text, "person": text, "body": blob, "expires_at": number},
        "notes": {"name": text, "value": text},
    }
    for name, columns in tables.items():
        db.table(name).create(columns, pk=next(iter(columns)), not_null=set(columns), strict=True)
    # AUTOINCREMENT, which sqlite-utils cannot write: a late answer must never hit a newer message.
    db.execute(
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, kind TEXT NOT NULL,"
        " state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'erased')), body BLOB NOT NULL,"
        " expires_at INTEGER NOT NULL) STRICT"
    )
    for name in ("pending", "messages", "offers", "outbox"):
        db.table(name).create_index(["person"])


@MIGRATIONS()
def v2_reminders(db: Database) -> None:
    """Reminders: what is to be written to whom is sealed; in clear only a coarse day on which to look again."""
    # ``day``: days since 1970-01-01; ``rev`` grows at every change, so that a job never writes over a person's wish.
    db.execute(
        "CREATE TABLE reminders (person TEXT NOT NULL PRIMARY KEY,"
        " state TEXT NOT NULL CHECK (state IN ('actif', 'envoi', 'pause')), day INTEGER NOT NULL,"
        " rev INTEGER NOT NULL, body BLOB NOT NULL) STRICT"
    )
    db.table("reminders").create_index(["state", "day"])


@MIGRATIONS()
def v3_relay(db: Database) -> None:
    """Relays between families and workers: who, what is to be delivered, and which topics are to be deleted.

    In clear: keyed names of a family and of a topic, and when to look again. A message is known by its number, sealed.
    """
    # AUTOINCREMENT: what is left of a relay that ended must never reach the next one.
    db.execute(
        "CREATE TABLE relays (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL UNIQUE,"
        " due_at INTEGER NOT NULL, body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )
    # ``person``: the family, whose erasure deletes the row, or the topic, for words that concern the team alone.
    db.execute(
        "CREATE TABLE relay_queue (id INTEGER PRIMARY KEY AUTOINCREMENT, relay INTEGER NOT NULL,"
        " person TEXT NOT NULL, body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )
    # ``due_at``: when the topic is to be deleted, 0 while its relay goes on.
    db.execute(
        "CREATE TABLE relay_topics (relay INTEGER PRIMARY KEY, person TEXT NOT NULL,"
        " due_at INTEGER NOT NULL, body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )
    db.table("relay_queue").create_index(["relay"])
    db.table("relay_queue").create_index(["person"])
    db.table("relay_topics").create_index(["person"])


@MIGRATIONS()
def v4_staff(db: Database) -> None:
    """The team: who is in it, the invitations to it, and the log of what its members did."""
    # ``body`` of a member: role, name in the team, and the address, since a message must reach them later.
    db.execute(
        "CREATE TABLE staff (person TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )
    # ``person``: a name of the invitation's own, tied to nobody; ``until``: when it can be used no more. It is kept
    # some time after, used or not, so that who comes late is told why.
    db.execute(
        "CREATE TABLE staff_invites (code TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL,"
        " used INTEGER NOT NULL CHECK (used IN (0, 1)), until INTEGER NOT NULL, body BLOB NOT NULL,"
        " expires_at INTEGER NOT NULL) STRICT"
    )
    # ``person``: the same name in all rows. The pseudonym of who did it is in the body.
    db.execute(
        "CREATE TABLE staff_log (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, body BLOB NOT NULL,"
        " expires_at INTEGER NOT NULL) STRICT"
    )


@MIGRATIONS()
def v5_campaigns(db: Database) -> None:
    """News: who said yes to them, the campaigns of the team, and to whom a campaign has still to be sent.

    In clear: keyed names, states, counts, and when a row is forgotten or looked at again.
    """
    # ``vu``: the yes was offered and not answered; ``non``: it was refused or ended, and is not offered again soon.
    db.execute(
        "CREATE TABLE news (person TEXT NOT NULL PRIMARY KEY,"
        " state TEXT NOT NULL CHECK (state IN ('vu', 'non', 'oui', 'pause', 'encore')),"
        " body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )
    db.table("news").create_index(["state", "expires_at"])
    # ``person``: the keyed name of the one who composed it.
    db.execute(
        "CREATE TABLE campaigns (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, state TEXT NOT NULL,"
        " due_at INTEGER NOT NULL, body BLOB NOT NULL, total INTEGER NOT NULL, sent INTEGER NOT NULL,"
        " gone INTEGER NOT NULL, uncertain INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT"
    )
    # A row leaves as soon as it is known what became of its message: only counts stay.
    db.execute(
        "CREATE TABLE campaign_people (campaign INTEGER NOT NULL, person TEXT NOT NULL, leaving INTEGER NOT NULL,"
        " tries INTEGER NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (campaign, person)) STRICT, WITHOUT ROWID"
    )
    db.table("campaign_people").create_index(["campaign", "leaving", "tries"])
    db.table("campaign_people").create_index(["person"])


@MIGRATIONS()
def v6_observatory(db: Database) -> None:
    """What families ask for, in numbers, and the words some of them leave for the team; neither says who."""
    # One row for each month that is not over yet; ``person``: empty, in these two tables.
    db.execute("CREATE TABLE counts (month TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, body BLOB NOT NULL) STRICT")
    # What anybody may read of a month that is over: numbers under the floor are not in it any more.
    db.execute("CREATE TABLE published (month TEXT NOT NULL PRIMARY KEY, lines TEXT NOT NULL) STRICT")
    # ``id``: drawn at random, so that the order of rows tells nothing; ``day``: days since 1970-01-01.
    db.execute(
        "CREATE TABLE suggestions (id INTEGER PRIMARY KEY, person TEXT NOT NULL, day INTEGER NOT NULL,"
        " body BLOB NOT NULL, expires_at INTEGER NOT NULL) STRICT"
    )


def migrate(connection: sqlite3.Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Bring the tables to the version of this code, all steps or none.

    Raises:
        StoreUnavailable: the file was written by a later version.
    """
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        _refuse_later_version(db, migrations)
        migrations.apply(db)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_later_version(db: Database, migrations: Migrations) -> None:
    # On an empty database, every step that this code knows is pending.
    known = {step.name for step in migrations.pending(Database(memory=True, execute_plugins=False))}
    later = [step.name for step in migrations.applied(db) if step.name not in known]
    if later:
        what = f"La base de données vient d'une version plus récente de Passerelle ({', '.join(later)})."
        raise StoreUnavailable(what, "installez cette version, ou remettez la sauvegarde d'avant")
