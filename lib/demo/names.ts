/** First and last names by where they are common; a person's two come from the same place. */
export const places: readonly { given: readonly string[]; family: readonly string[] }[] = [
  {
    given: words("Ingrid Astrid Sigrid Maren Solveig Henrik Lars Eirik Sindre Jonas Mikkel Freja Søren Åsa"),
    family: words(
      "Solberg Haugen Lindqvist Nygård Bergström Dahl Kristensen Sørensen Ekström Lund Holm Aalto",
    ),
  },
  {
    given: words("Amara Chinedu Ngozi Kwame Abena Tunde Folake Zanele Thabo Wanjiru Otieno Makena Sipho"),
    family: words("Okafor Adeyemi Mensah Boateng Nwosu Dlamini Mokoena Kamau Odhiambo Balogun Asante Eze"),
  },
  {
    given: words("Priya Ananya Rohan Arjun Kavya Meera Vikram Nisha Farhan Sunita Deepak Lakshmi Imran"),
    family: words("Iyer Sharma Banerjee Reddy Kulkarni Menon Chatterjee Qureshi Nair Patel Desai Rao Ghosh"),
  },
  {
    given: words(
      "Lucía Mateo Camila Santiago Valentina Joaquín Inés Rafael Beatriz Thiago Marina João Renata",
    ),
    family: words(
      "Herrera Castillo Oliveira Navarro Quiroga Fonseca Ibáñez Salazar Pereira Vidal Montes Rocha",
    ),
  },
  {
    given: words("Yuki Haruto Aiko Kenji Sakura Ren Minjun Seoyeon Jiho Hana Wei Jing Xiulan Hao"),
    family: words("Tanaka Nakamura Ishikawa Kobayashi Kim Park Choi Zhang Liu Chen Huang Fujita Watanabe"),
  },
  {
    given: words(
      "Zofia Jakub Łukasz Magda Katarzyna Piotr Ivana Marek Ondřej Petra Ildikó Bence Oksana Andriy",
    ),
    family: words(
      "Nowak Wiśniewski Dąbrowska Novotný Horák Szabó Kovács Shevchenko Bondarenko Zielińska Král",
    ),
  },
  {
    given: words("Leila Omar Yasmin Karim Noor Samir Dalia Tariq Shirin Reza Elif Emre Defne Kaan"),
    family: words("Haddad Mansour Khoury Nasser Rahimi Karimi Yılmaz Demir Aydın Saleh Hosseini Öztürk"),
  },
  {
    given: words("Hannah Oliver Moira Callum Fiona Ethan Grace Noah Chloé Julien Margot Lukas Anneke Pieter"),
    family: words(
      "Whitfield O'Brien MacLeod Fletcher Dubois Laurent Moreau Becker Vogel Jansen Visser Hughes",
    ),
  },
];

function words(text: string): string[] {
  return text.split(" ");
}

const plainLetters: Record<string, string> = { ł: "l", ø: "o", ı: "i", ß: "ss", æ: "ae", đ: "d" };

/** "Łukasz O'Brien" as an account name spells it: "lukasz", "obrien". */
export function spelledPlainly(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[łøıßæđ]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^a-z0-9]/g, "");
}
