import { readAddress, type CurrentAddress } from '../../../src/orders/shopify/postalAddress';

const at = (country: string | null, rest: Partial<CurrentAddress> = {}): CurrentAddress => ({
  name: 'Ana Costa',
  country,
  province: null,
  ...rest,
});

function read(text: string, current: CurrentAddress) {
  const reading = readAddress(text, current);
  if ('why' in reading) return reading.why;
  const { address1, address2, city, zip, province } = reading.address;
  return [address1, address2, zip, city, province];
}

describe('an address as a customer writes it', () => {
  it.each([
    ['BE', 'Avenue Louise 250\n1050 Ixelles', ['Avenue Louise 250', null, '1050', 'Ixelles', null]],
    ['DE', 'Hauptstr. 5\n10115 Berlin\nDeutschland', ['Hauptstr. 5', null, '10115', 'Berlin', null]],
    ['DE', 'Hauptstr. 5, 10115 Berlin', ['Hauptstr. 5', null, '10115', 'Berlin', null]],
    ['DE', 'Hauptstr. 5\nD-10115 Berlin', ['Hauptstr. 5', null, '10115', 'Berlin', null]],
    [
      'FR',
      '12 rue de la Paix\nBat. B\n75002 Paris\nFrance',
      ['12 rue de la Paix', 'Bat. B', '75002', 'Paris', null],
    ],
    ['ES', 'Calle Mayor 3\n28013 Madrid\nEspaña', ['Calle Mayor 3', null, '28013', 'Madrid', null]],
    ['ES', 'Calle Mayor 3\n28013 Madrid\nESPANA', ['Calle Mayor 3', null, '28013', 'Madrid', null]],
    ['NL', 'Damrak 1\n1012 LG Amsterdam', ['Damrak 1', null, '1012 LG', 'Amsterdam', null]],
    ['SE', 'Storgatan 1\n111 22 Stockholm', ['Storgatan 1', null, '111 22', 'Stockholm', null]],
    ['PL', 'Nowy Swiat 1\n00-001 Warszawa', ['Nowy Swiat 1', null, '00-001', 'Warszawa', null]],
    ['PT', 'Rua Augusta 1\n1100-048 Lisboa', ['Rua Augusta 1', null, '1100-048', 'Lisboa', null]],
    ['GB', '10 Downing Street\nLondon SW1A 2AA', ['10 Downing Street', null, 'SW1A 2AA', 'London', null]],
    ['GB', '10 Downing Street\nLondon\nSW1A 2AA', ['10 Downing Street', null, 'SW1A 2AA', 'London', null]],
    [
      'GB',
      'Flat 2\n10 High Street\nYork\nYO1 7HH\nUnited Kingdom',
      ['Flat 2', '10 High Street', 'YO1 7HH', 'York', null],
    ],
    ['US', '5 Main St\nAustin, TX 78701', ['5 Main St', null, '78701', 'Austin', 'TX']],
    [
      'US',
      '5 Main St\nSalt Lake City UT 84101-1234',
      ['5 Main St', null, '84101-1234', 'Salt Lake City', 'UT'],
    ],
    ['CA', '1 Rue Sherbrooke\nMontreal, QC H2X 1Z6', ['1 Rue Sherbrooke', null, 'H2X 1Z6', 'Montreal', 'QC']],
    ['AU', '1 George St\nSydney NSW 2000', ['1 George St', null, '2000', 'Sydney', 'NSW']],
  ])('%s: %j', (country, text, parts) => {
    expect(read(text, at(country))).toEqual(parts);
  });

  it('names the receiver, whose name is known already', () => {
    const parts = ['Avenue Louise 250', null, '1050', 'Ixelles', null];
    expect(read('Ana Costa\nAvenue Louise 250\n1050 Ixelles', at('BE'))).toEqual(parts);
    expect(read('ANA  COSTA,\nAvenue Louise 250\n1050 Ixelles\n', at('BE'))).toEqual(parts);
  });

  it('keeps the province where it does not matter for taxes', () => {
    expect(read('Calle Mayor 3\n28013 Madrid', at('ES', { province: 'M' }))).toEqual([
      'Calle Mayor 3',
      null,
      '28013',
      'Madrid',
      'M',
    ]);
  });
});

describe('an address is left to people', () => {
  it.each([
    ['a sentence', 'please send it to my sister instead'],
    ['no postal code', 'Avenue Louise 250\nIxelles'],
    ['no street', '1050 Ixelles'],
    ['a street without a number', 'Avenue Louise\n1050 Ixelles'],
    ['more lines than two for the street', 'Company\nAvenue Louise 250\nBoite 3\n1050 Ixelles'],
    ['a postal code of the wrong kind', 'Avenue Louise 250\nSW1A 2AA London'],
    ['nothing', ''],
    ['a book', `${'x'.repeat(5_000)} 1\n1050 Ixelles`],
  ])('that is %s', (_what, text) => {
    expect(read(text, at('BE'))).toMatch(/could not be told apart/);
  });

  it('in another country, for taxes and duties', () => {
    expect(read('Hauptstr. 5\n10115 Berlin\nGermany', at('BE'))).toMatch(/another country/);
    expect(read('Hauptstr. 5\n10115 Berlin\nAlemania', at('BE'))).toMatch(/another country/);
  });

  it('in a country where the province is part of it, and is not told', () => {
    expect(read('5 Main St\nAustin 78701', at('US', { province: 'TX' }))).toMatch(/could not be told apart/);
  });

  it('where none was', () => {
    expect(read('Avenue Louise 250\n1050 Ixelles', at(null))).toMatch(/no delivery address/);
  });
});
