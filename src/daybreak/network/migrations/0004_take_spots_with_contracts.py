"""Taking a spot on PostgreSQL, with what contracts keep: the function of the second migration, written anew.

It keeps the rule of network/taking.py, reasons included, and the same tests hold both to it. It answers NULL when the
spots are taken, else a list of [code, facts] or [code, facts, cite]. A refusal is raised inside and caught at the end, which undoes what was
written and lets go of every lock, so that a caller who tries the next site holds nothing here. Contracts are looked at only where a room of the site keeps
something, by the rule of network/contracts/sharing.py.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TAKE_SPOTS = """
CREATE FUNCTION network_take_spots(
    for_booking uuid, for_household uuid, for_employer uuid, at_site uuid, at_moment timestamptz, in_force text[],
    spot_ids uuid[], children uuid[], ages int[], rooms uuid[], days date[], sessions text[]
) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
-- Planned once per connection: planning the long question below at each call cost up to a third of the claims a second.
DECLARE
    reasons jsonb;
    kept_reasons jsonb;
    refusal text;
    changed bigint;
    wanted bigint;
    serves uuid;
BEGIN
    -- One order for everybody: site sessions by id, then room sessions by id.
    PERFORM 1 FROM network_sitesession s
      WHERE s.site_id = at_site AND (s.day, s.session) IN (SELECT * FROM unnest(days, sessions))
      ORDER BY s.id FOR UPDATE;
    PERFORM 1 FROM network_roomsession r
      WHERE (r.room_id, r.day, r.session) IN (SELECT * FROM unnest(rooms, days, sessions))
      ORDER BY r.id FOR UPDATE;

    -- From here on each statement sees what was committed before the locks were granted.
    WITH ask AS (
        SELECT * FROM unnest(children, ages, rooms, days, sessions) AS a(child, months, room, day, session)
    ), room_need AS (
        SELECT room, day, session, count(*) AS wanted FROM ask GROUP BY 1, 2, 3
    ), room_now AS (
        SELECT n.*, r.id, r.limits, coalesce(r.spots - r.taken, 0) AS left_over
        FROM room_need n
        LEFT JOIN network_roomsession r ON (r.room_id, r.day, r.session) = (n.room, n.day, n.session)
    ), site_now AS (
        SELECT n.*, s.household_id, coalesce(s.spots - s.taken, 0) AS left_over
        FROM (SELECT day, session, count(*) AS wanted FROM ask GROUP BY 1, 2) n
        LEFT JOIN network_sitesession s ON s.site_id = at_site AND (s.day, s.session) = (n.day, n.session)
    ), in_room AS (
        SELECT l.under_months, l.most_of_them, l.room_most,
               count(*) AS everybody, count(*) FILTER (WHERE c.months < l.under_months) AS young
        FROM room_now n
        CROSS JOIN LATERAL jsonb_array_elements(n.limits) WITH ORDINALITY AS e(age_limit, number)
        CROSS JOIN LATERAL jsonb_to_record(e.age_limit) AS l(under_months int, most_of_them int, room_most int)
        CROSS JOIN LATERAL (
            SELECT t.months::int FROM network_takenspot t WHERE t.room_session_id = n.id
            UNION ALL
            SELECT a.months FROM ask a WHERE (a.room, a.day, a.session) = (n.room, n.day, n.session)
        ) c(months)
        GROUP BY n.id, e.number, l.under_months, l.most_of_them, l.room_most
    ), found(code, facts) AS (
        SELECT 'license-not-in-force', jsonb_build_object('day', d.day)
        FROM (SELECT DISTINCT day FROM ask) d
        WHERE NOT EXISTS (
            SELECT FROM network_license l
            WHERE l.site_id = at_site AND l.status = ANY (in_force)
              AND (l.from_day IS NULL OR l.from_day <= d.day) AND (l.until_day IS NULL OR d.day < l.until_day)
        )
        UNION ALL
        SELECT 'unknown-room', jsonb_build_object('room_id', a.room)
        FROM (SELECT DISTINCT room FROM ask) a
        WHERE NOT EXISTS (SELECT FROM network_room r WHERE r.id = a.room AND r.site_id = at_site)
        UNION ALL
        SELECT 'age', jsonb_build_object(
            'months', a.months, 'from_months', r.from_months, 'until_months', r.until_months)
        FROM ask a JOIN network_room r ON r.id = a.room AND r.site_id = at_site
        WHERE a.months < r.from_months OR a.months >= r.until_months
        UNION ALL
        SELECT 'child-already-placed', jsonb_build_object('child_id', a.child, 'day', a.day, 'session', a.session)
        FROM ask a JOIN network_takenspot t ON (t.child_id, t.day, t.session) = (a.child, a.day, a.session)
        UNION ALL
        SELECT 'serves-another-household', jsonb_build_object('day', n.day, 'session', n.session)
        FROM site_now n WHERE n.household_id <> for_household
        UNION ALL
        SELECT 'spots-gone', jsonb_build_object(
            'room_id', n.room, 'day', n.day, 'session', n.session, 'left', n.left_over, 'wanted', n.wanted)
        FROM room_now n WHERE n.wanted > n.left_over
        UNION ALL
        SELECT 'spots-gone', jsonb_build_object(
            'room_id', NULL, 'day', n.day, 'session', n.session, 'left', n.left_over, 'wanted', n.wanted)
        FROM site_now n WHERE n.wanted > n.left_over
        UNION ALL
        SELECT 'too-many-young-children', jsonb_build_object(
            'under_months', i.under_months, 'young', i.young, 'children', i.everybody, 'most', i.most_of_them)
        FROM in_room i WHERE i.young > i.most_of_them
        UNION ALL
        SELECT 'fewer-spots-with-a-young-child', jsonb_build_object(
            'under_months', i.under_months, 'young', i.young, 'children', i.everybody, 'most', i.room_most)
        FROM in_room i WHERE i.young > 0 AND i.everybody > i.room_most
    )
    SELECT jsonb_agg(jsonb_build_array(code, facts)) INTO reasons FROM found;
    IF EXISTS (
        SELECT FROM network_sitesession s JOIN network_roomsession r ON r.site_session_id = s.id
        WHERE s.site_id = at_site AND (s.day, s.session) IN (SELECT * FROM unnest(days, sessions)) AND r.kept <> '[]'
    ) THEN
        WITH ask AS (
            SELECT * FROM unnest(rooms, days, sessions) AS a(room, day, session)
        ), room_need AS (
            SELECT room, day, session, count(*) AS wanted FROM ask GROUP BY 1, 2, 3
        ), agreed AS (
            SELECT r.id, r.room_id, r.day, r.session, r.spots, r.spots - r.taken AS left_over,
                   k.employer, k.until_at, k.until, k.cite, k.share, at_moment < k.until_at AS holds,
                   CASE WHEN at_moment < k.until_at THEN k.spots ELSE 0 END AS promised,
                   sum(CASE WHEN at_moment < k.until_at THEN k.spots ELSE 0 END) OVER (PARTITION BY r.id) AS promises,
                   sum(k.share) OVER (PARTITION BY r.id) AS shares
            FROM network_sitesession s
            JOIN network_roomsession r ON r.site_session_id = s.id
            CROSS JOIN LATERAL jsonb_to_recordset(r.kept)
                AS k(employer uuid, spots int, share int, until_at timestamptz, until text, cite text)
            WHERE s.site_id = at_site AND (s.day, s.session) IN (SELECT day, session FROM ask)
        ), entitled AS (
            SELECT g.*,
                   CASE WHEN NOT holds THEN 0 WHEN promises <= spots THEN promised
                        ELSE spots * promised / promises END AS mine,
                   CASE WHEN NOT holds OR shares = 0 THEN 0
                        ELSE greatest(spots - promises, 0) * share / shares END AS shared
            FROM agreed g
        ), unmet AS (
            SELECT e.*, e.employer IS NOT DISTINCT FROM for_employer AS own,
                   greatest(e.mine - u.used, 0) AS guaranteed, greatest(e.mine + e.shared - u.used, 0) AS in_all
            FROM entitled e
            CROSS JOIN LATERAL (
                SELECT count(*) AS used FROM network_takenspot t
                WHERE t.room_session_id = e.id AND t.employer_id = e.employer
            ) u
        ), by_room AS (
            SELECT n.*, u.left_over,
                   coalesce(sum(u.in_all) FILTER (WHERE u.own), 0) AS own,
                   coalesce(sum(u.guaranteed) FILTER (WHERE NOT u.own), 0) AS guaranteed,
                   coalesce(sum(u.in_all) FILTER (WHERE NOT u.own), 0) AS in_all,
                   string_agg(DISTINCT u.cite, '; ' ORDER BY u.cite) FILTER (WHERE NOT u.own AND u.guaranteed > 0)
                       AS cite,
                   string_agg(DISTINCT u.cite, '; ' ORDER BY u.cite) FILTER (WHERE NOT u.own AND u.in_all > 0)
                       AS shared_cite,
                   (array_agg(u.until ORDER BY u.until_at DESC, u.until DESC)
                       FILTER (WHERE NOT u.own AND u.guaranteed > 0))[1] AS until,
                   (array_agg(u.until ORDER BY u.until_at DESC, u.until DESC)
                       FILTER (WHERE NOT u.own AND u.in_all > 0))[1] AS shared_until
            FROM room_need n JOIN unmet u ON (u.room_id, u.day, u.session) = (n.room, n.day, n.session)
            GROUP BY n.room, n.day, n.session, n.wanted, u.left_over
        ), short_of_a_room AS (
            SELECT b.*, b.left_over - b.wanted < b.guaranteed AS by_promise,
                   greatest(least(b.own, b.left_over), b.left_over - b.in_all, 0) AS free
            FROM by_room b
            WHERE b.left_over >= b.wanted AND b.wanted > b.own AND b.left_over - b.wanted < b.in_all
        ), at_site_now AS (
            SELECT n.day, n.session, sum(n.wanted) AS wanted, s.spots - s.taken AS left_over,
                   coalesce(sum(least(n.wanted, o.guaranteed)), 0) AS used
            FROM room_need n
            JOIN network_sitesession s ON s.site_id = at_site AND (s.day, s.session) = (n.day, n.session)
            LEFT JOIN unmet o ON o.own AND (o.room_id, o.day, o.session) = (n.room, n.day, n.session)
            GROUP BY n.day, n.session, s.spots, s.taken
        ), of_site AS (
            SELECT u.day, u.session, sum(u.guaranteed) AS guaranteed,
                   string_agg(DISTINCT u.cite, '; ' ORDER BY u.cite) FILTER (WHERE u.guaranteed > 0) AS cite,
                   (array_agg(u.until ORDER BY u.until_at DESC, u.until DESC) FILTER (WHERE u.guaranteed > 0))[1]
                       AS until
            FROM unmet u GROUP BY 1, 2
        ), found(code, facts, cite) AS (
            SELECT CASE WHEN s.by_promise THEN 'kept-by-contract' ELSE 'shared-by-contract' END,
                   jsonb_build_object('room_id', s.room, 'day', s.day, 'session', s.session, 'left', s.free,
                       'wanted', s.wanted, 'until', CASE WHEN s.by_promise THEN s.until ELSE s.shared_until END),
                   CASE WHEN s.by_promise THEN s.cite ELSE s.shared_cite END
            FROM short_of_a_room s
            UNION ALL
            SELECT 'kept-by-contract',
                   jsonb_build_object('room_id', NULL, 'day', n.day, 'session', n.session,
                       'left', greatest(n.left_over - (o.guaranteed - n.used), 0), 'wanted', n.wanted,
                       'until', o.until),
                   o.cite
            FROM at_site_now n JOIN of_site o ON (o.day, o.session) = (n.day, n.session)
            WHERE n.left_over >= n.wanted AND n.wanted <> n.used
              AND n.left_over - n.wanted < o.guaranteed - n.used
        )
        SELECT jsonb_agg(jsonb_build_array(code, facts, cite)) INTO kept_reasons FROM found;
    END IF;
    IF reasons IS NOT NULL OR kept_reasons IS NOT NULL THEN
        reasons := coalesce(reasons, '[]') || coalesce(kept_reasons, '[]');
        RAISE EXCEPTION USING ERRCODE = 'DBREF', DETAIL = reasons::text;
    END IF;

    INSERT INTO network_takenspot
        (id, booking_id, household_id, employer_id, child_id, months, room_session_id, day, session, at)
    SELECT a.id, for_booking, for_household, for_employer, a.child, a.months, r.id, a.day, a.session, at_moment
    FROM unnest(spot_ids, children, ages, rooms, days, sessions) AS a(id, child, months, room, day, session)
    JOIN network_roomsession r ON (r.room_id, r.day, r.session) = (a.room, a.day, a.session)
    ORDER BY a.child, a.day, a.session;

    -- The last word: the condition stands in the WHERE and rows are counted, whatever was read before.
    WITH need AS (
        SELECT room, day, session, count(*) AS wanted
        FROM unnest(rooms, days, sessions) AS a(room, day, session) GROUP BY 1, 2, 3
    ), done AS (
        UPDATE network_roomsession r SET taken = r.taken + n.wanted FROM need n
        WHERE (r.room_id, r.day, r.session) = (n.room, n.day, n.session) AND r.taken + n.wanted <= r.spots
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM need), (SELECT count(*) FROM done) INTO wanted, changed;
    IF changed <> wanted THEN
        RAISE EXCEPTION 'network_take_spots lost a room it had locked';
    END IF;
    SELECT CASE WHEN s.kind = 'in_home' THEN for_household END INTO serves FROM network_site s WHERE s.id = at_site;
    WITH need AS (
        SELECT day, session, count(*) AS wanted FROM unnest(days, sessions) AS a(day, session) GROUP BY 1, 2
    ), done AS (
        UPDATE network_sitesession s SET taken = s.taken + n.wanted, household_id = serves FROM need n
        WHERE s.site_id = at_site AND (s.day, s.session) = (n.day, n.session) AND s.taken + n.wanted <= s.spots
          AND (s.household_id IS NULL OR s.household_id = for_household)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM need), (SELECT count(*) FROM done) INTO wanted, changed;
    IF changed <> wanted THEN
        RAISE EXCEPTION 'network_take_spots lost a site it had locked';
    END IF;
    RETURN NULL;
EXCEPTION
    WHEN SQLSTATE 'DBREF' THEN
        GET STACKED DIAGNOSTICS refusal = PG_EXCEPTION_DETAIL;
        RETURN refusal::jsonb;
    WHEN unique_violation THEN
        -- Another site took the child in the meantime: the only rows two sites can fight over.
        SELECT jsonb_agg(jsonb_build_array('child-already-placed', jsonb_build_object(
                   'child_id', a.child, 'day', a.day, 'session', a.session)))
          INTO reasons
          FROM unnest(children, days, sessions) AS a(child, day, session)
          JOIN network_takenspot t ON (t.child_id, t.day, t.session) = (a.child, a.day, a.session);
        IF reasons IS NULL THEN
            RAISE;
        END IF;
        RETURN reasons;
END $$;
"""


WITHOUT_CONTRACTS = """DROP FUNCTION network_take_spots(
    uuid, uuid, uuid, timestamptz, text[], uuid[], uuid[], int[], uuid[], date[], text[]
)"""


def create(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WITHOUT_CONTRACTS)
        schema_editor.execute(TAKE_SPOTS)


class Migration(migrations.Migration):
    dependencies = [("network", "0003_contracts")]

    operations = [migrations.RunPython(create)]
