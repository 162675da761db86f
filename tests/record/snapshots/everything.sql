SELECT
  *
FROM "acts" AS "t0"
