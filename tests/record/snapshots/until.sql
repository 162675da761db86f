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
      "t0"."actor" = 'russia'
      AND "t0"."target" = 'germany'
      AND (
        (
          "t0"."begin_min" IS NULL
        ) OR (
          "t0"."begin_min" <= 710396
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
      "t0"."target" = 'russia'
      AND "t0"."actor" = 'germany'
      AND (
        (
          "t0"."begin_min" IS NULL
        ) OR (
          "t0"."begin_min" <= 710396
        )
      )
  ) AS "t2"
) AS "t3"
