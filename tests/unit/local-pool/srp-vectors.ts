/** Verifier of the first vector, whose salt has its top bit set. */
export const verifierOfVector1: string = [
  'c833924a87ce7429b6d0bad7e532fa11a5f26c0b2e80e5ccb32cb96e53985358f230c8d9504e99b4c58b23a846349c68',
  'c66d18fed40ac970da10dfccf5a8f36b820605d5a6ba3c3ac71dd5da035fd7dd25bae29dc42e829b9935630e29ee9d40',
  'f11b16cf4999c67f5cfdec7e2101c5a2c2530668eaae3151929a2ca2f0ed0240b03232a7348559d8bcb81bf2eddb3d2c',
  'ff446a5c4f30d6d2e61ccc016c8187554e039791a6c118504ae464b41cdd998056c6c59ffe5b50ba0f4808386b6a04a1',
  '62086769f9d1319c5134191481c1238e16890ca08c43aee81dcb180a1398b1433f957bb7fee30c208066decad1877262',
  '3940bc2814308777bffce149deae65244a52dae8de127ed33c756ac9b613a9afe0db563c6b070ead25903c6ea900107d',
  '0ca13212ef0052436cab0251cceb231a1e03b958705586877060f62a22a0c2c63c4e250992c1279044f826207810b9bf',
  '5248b1f3e646482ea01c6cadb4a688034f3de94546a1d2903db5de843df7f75349fc50bc8ee23d341577c00ac2d0881f',
].join('');

/** Verifier of the second vector, whose salt begins with a zero byte. */
export const verifierOfVector2: string = [
  '90ecfe6d463ab1fee9d30d25ce5c6ad9d1e7aec4a41bfaac0a865b118cf07154c94d17e936e6da81dbdc2f81e1697867',
  'ce198640ea15e6498505474d9e0e3e494d01c81898a7836dc2ceec3e46fd50fcd81bcb8125655a9dc35dbff8a8ab20ae',
  'c73fd5de10f756e5da7e43c196d303e183365542e9b4a5c73d5cf1903eee3537eb72fa3a56c179d921d8a751b123a539',
  'fca5cc07608be1a4cab0aee0298aa33b8417775b27703d871f5dc4ebfaa69f24c7073160dd95848a5cdffaafeb327211',
  '2cb1a4067c09add848549da6c09b863a36556f33b5173c3ec656855fac6c5f935105d3bcda532df047033c84bd8a7f2c',
  '1773c82154568985b785e14bfb3dd2fb0c35c4fa4cd76c2010db6a684a962a65ddb26004283927c4075b724de5662670',
  '3b674ab2e56a23b874cf1534e86947723e5020b89129d26b2e753155f52a3513dfdd1d740057bdab66e323f8956e3738',
  'c8395dd8088a071d40ac74c0e0cbdc0e54674676621bcb0d3b5eda21e7e7d5fe029594859d9b05c32924b1abcd89cb76',
].join('');

/** PasswordVerifier of the device vector as ConfirmDevice carries it, in base64. */
export const deviceVerifier: string = [
  'APHhAqOOcE6W8+0mE5QOQU5K9XiEA4WHggzUya0+Za5a6NJu7W2HicxR+rNIMQg0dowsZYglG/sGaOFWwHJPB2+Nj6gm+FZM',
  '8kj6Z9dwaCFVv0lHcfiKwSxGNyF1B2BaX1+3iax4twwzO0GuVVtKE6Zp5SFYwQ9cgbfbixxaGfJVoVKV7rru/Y7FFYpJ1jJl',
  '9v3sbHf1/PX916NToR2Y7cE170+CgH+zNpfPXUNnGo7TsnwZUEbvZ9Qmjtw5b53JCnZkhXBlt49NIHg2yophqSbz4wbL7HJg',
  '5B1gbPG3oDLsmKO9BKp9t7oRjU18pb4RqXZpz/06R8G2TyfJrfi74OWh+i2l+ghL9DxHcgBqvv7Vm0RBAbsU0iQ+4sslpKgh',
  'oDsQA4Up8wO6j2mFKwNb1qRLcQCTe7CaCDvcsMX0qdY0ZwaPy3LAuSAYCG6nyrnPbC5/EUS7DTjuknXdU7IlfyEVkRCHL36g',
  'jI29s17bpycscXcCyePnlT8wtUih2FMr6A==',
].join('');
