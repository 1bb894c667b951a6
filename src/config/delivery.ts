import { z } from 'zod'
import { Name, SecretReference } from './scalars.js'

/** How a file is brought to where it goes: the same for loads and for what partners get. */
export const delivery = {
  fallback: z
    .strictObject({
      endpoint: Name.describe('where instead'),
      folder: z.string().min(1).optional().describe('folder there; without it the same'),
    })
    .optional()
    .describe(
      'takes the file while the endpoint cannot be reached; never when it refuses, nor when the file may be there already',
    ),
  wrap: z
    .strictObject({
      gzip: z.boolean().default(false).describe('compressed, with .gz added to its name'),
      'encrypt-to': z
        .string()
        .min(1)
        .optional()
        .describe(
          "file of the partner's public PGP key, armored, relative to the workspace; .pgp is added to the name",
        ),
      'sign-with': SecretReference.optional().describe('our private PGP key, armored; what is encrypted is signed too'),
      passphrase: SecretReference.optional().describe('of the private key'),
    })
    .optional()
    .describe('in which wrapping it is sent; without it as it is'),
  'largest-mb': z.int().min(1).max(1_048_576).optional().describe('a larger file is not sent, in MiB'),
  'read-back-mb': z
    .int()
    .min(0)
    .max(1_048_576)
    .optional()
    .describe(
      'files up to so many MiB are read back and compared by SHA-256 before they get their name, where reading is allowed; without it 64',
    ),
} as const
