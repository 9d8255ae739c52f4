-- Tells the database the password of the secrets volume (deploy/README.md, "Rotate a password"):
--   docker compose exec -T postgres psql -U wireroom wireroom < deploy/password.sql
\set password `cat /run/secrets/password`
SET password_encryption = 'scram-sha-256';
ALTER ROLE wireroom PASSWORD :'password';
