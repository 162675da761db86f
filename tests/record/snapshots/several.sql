SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "acts" AS "t0"
    WHERE
      "t0"."actor" IN ('poland', 'russia')
      AND "t0"."target" IN ('germany', 'italy')
      AND "t0"."kind" IN ('war')
      AND (
        (
          "t0"."begin_min" IS NULL
        ) OR (
          "t0"."begin_min" <= 710396
        )
      )
      AND (
        (
          "t0"."end_max" IS NULL
        ) OR (
          "t0"."end_max" >= 705649
        )
      )
  ) AS "t1"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "acts" AS "t0"
    WHERE
      "t0"."target" IN ('poland', 'russia')
      AND "t0"."actor" IN ('germany', 'italy')
      AND "t0"."kind" IN ('war')
      AND (
        (
          "t0"."begin_min" IS NULL
        ) OR (
          "t0"."begin_min" <= 710396
        )
      )
      AND (
        (
          "t0"."end_max" IS NULL
        ) OR (
          "t0"."end_max" >= 705649
        )
      )
  ) AS "t2"
) AS "t3"
