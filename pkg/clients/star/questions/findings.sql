-- Of how many clients each finding is.
SELECT finding, COUNT(DISTINCT client) AS clients
FROM findings
GROUP BY finding
ORDER BY clients DESC, finding
