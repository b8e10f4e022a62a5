import { writeFileSync } from 'node:fs';
import { securityTable, tableFile, testsOfCases } from '../tests/support/security-table.ts';

writeFileSync(tableFile, securityTable(testsOfCases()));
